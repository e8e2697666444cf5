// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/**
 * {@link GramKernel#blas}: for every panel of columns one product with the columns before it and
 * one symmetric product for its own triangle, added to the packed sum.
 */
final class BlasGram implements GramKernel {
  private static final int SLOTS = 256;
  // Wide enough for dsyrk, narrow enough for a panel of 1,000 columns to stay in the cache.
  private static final int WIDTH = 256;

  private final int order;
  private final GramBlas blas;
  private final double[] panel;
  private final int slots;
  private double[] rows;

  BlasGram(int order, GramBlas blas) {
    // One row more: libraries check the end of the last row of a panel as if it were a whole one.
    this(order, blas, new double[Math.multiplyExact(Math.min(WIDTH, order) + 1, order)], SLOTS);
  }

  private BlasGram(int order, GramBlas blas, double[] panel, int slots) {
    this.order = order;
    this.blas = blas;
    this.panel = panel;
    this.slots = slots;
  }

  @Override
  public GramKernel another(int most) {
    return new BlasGram(order, blas, panel, Math.min(slots, most));
  }

  @Override
  public int order() {
    return order;
  }

  @Override
  public int capacity() {
    return slots;
  }

  @Override
  public void load(int slot, double[] row) {
    if (rows == null) {
      rows = new double[Math.multiplyExact(slots + 1, order)];
    }
    System.arraycopy(row, 0, rows, slot * order, order);
  }

  @Override
  public void addTo(double[] packed, int count) {
    for (int first = 0; first < order; first += WIDTH) {
      int width = Math.min(WIDTH, order - first);
      if (first > 0) {
        blas.dgemmTransposed(width, first, count, rows, first, rows, 0, order, panel, 0, order);
      }
      blas.dsyrk(width, count, rows, first, order, panel, first, order);
      for (int j = 0; j < width; j++) {
        add(panel, j * order, packed, PackedSymmetric.index(0, first + j), first + j + 1);
      }
    }
  }

  private static void add(double[] from, int at, double[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += from[at + i];
    }
  }
}
