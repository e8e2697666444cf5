// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/** {@link GramKernel#square}. */
final class SquareGram implements GramKernel {
  private static final int SLOTS = 256;

  private final int order;
  private final GramBlas blas;
  private final int slots;
  private double[] rows;

  SquareGram(int order, GramBlas blas) {
    this(order, blas, SLOTS);
  }

  private SquareGram(int order, GramBlas blas, int slots) {
    this.order = order;
    this.blas = blas;
    this.slots = slots;
  }

  @Override
  public GramKernel another(int most) {
    return new SquareGram(order, blas, Math.min(slots, most));
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
      rows = new double[Math.multiplyExact(slots, order)];
    }
    System.arraycopy(row, 0, rows, slot * order, order);
  }

  @Override
  public void addTo(double[] sum, int count) {
    blas.addSyrk(order, count, rows, 0, order, sum, 0, order);
  }

  @Override
  public int length() {
    return Math.multiplyExact(order, order);
  }

  @Override
  public int column(int j) {
    return j * order;
  }

  @Override
  public double[] packed(double[] sum) {
    double[] packed = new double[PackedSymmetric.length(order)];
    for (int j = 0; j < order; j++) {
      System.arraycopy(sum, column(j), packed, PackedSymmetric.index(0, j), j + 1);
    }
    return packed;
  }
}
