// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/**
 * {@link GramKernel#loops}: two columns of the triangle and two rows a sweep. Columns and rows lie
 * in arrays of their own, for the compiler of JDK 17 vectorises loops whose arrays are indexed from
 * zero; with four rows a sweep it was seen to do so in some programs and not in others.
 */
final class LoopGram implements GramKernel {
  // Enough sweeps to pay for moving two columns to and fro, few enough for the second-level cache.
  private static final int MAX_SLOTS = 64;
  private static final int MIN_SLOTS = 16;
  private static final int CACHED = 65_536;

  private final int order;
  private final double[] left;
  private final double[] right;
  private final double[][] rows;

  LoopGram(int order) {
    this(
        new double[order],
        new double[order],
        Math.max(MIN_SLOTS, Math.min(MAX_SLOTS, CACHED / Math.max(1, order) & -4)));
  }

  private LoopGram(double[] left, double[] right, int slots) {
    this.order = left.length;
    this.left = left;
    this.right = right;
    this.rows = new double[slots][];
  }

  @Override
  public GramKernel another(int most) {
    return new LoopGram(left, right, Math.min(rows.length, most));
  }

  @Override
  public int order() {
    return order;
  }

  @Override
  public int capacity() {
    return rows.length;
  }

  @Override
  public void load(int slot, double[] row) {
    if (rows[slot] == null) {
      rows[slot] = new double[order];
    }
    System.arraycopy(row, 0, rows[slot], 0, order);
  }

  @Override
  public void addTo(double[] packed, int count) {
    int at = 0;
    int j = 0;
    for (; j + 1 < order; j += 2) {
      int length = j + 1;
      System.arraycopy(packed, at, left, 0, length);
      System.arraycopy(packed, at + length, right, 0, length + 1);
      sweepTwo(j, count);
      System.arraycopy(left, 0, packed, at, length);
      System.arraycopy(right, 0, packed, at + length, length + 1);
      at += 2 * length + 1;
    }
    if (j < order) {
      System.arraycopy(packed, at, left, 0, order);
      for (int r = 0; r < count; r++) {
        addOne(left, rows[r], rows[r][j], order);
      }
      System.arraycopy(left, 0, packed, at, order);
    }
  }

  private void sweepTwo(int j, int count) {
    double[][] x = rows;
    int k = j + 1;
    int length = j + 2;
    int r = 0;
    for (; r + 2 <= count; r += 2) {
      double[] x0 = x[r];
      double[] x1 = x[r + 1];
      addTwo(left, right, x0, x0[j], x0[k], x1, x1[j], x1[k], length);
    }
    for (; r < count; r++) {
      addOne(left, x[r], x[r][j], length);
      addOne(right, x[r], x[r][k], length);
    }
  }

  // What the left column gets behind its diagonal is not stored.
  private static void addTwo(
      double[] left,
      double[] right,
      double[] x0,
      double a0,
      double b0,
      double[] x1,
      double a1,
      double b1,
      int length) {
    for (int i = 0; i < length; i++) {
      double v0 = x0[i];
      double v1 = x1[i];
      left[i] = Math.fma(a1, v1, Math.fma(a0, v0, left[i]));
      right[i] = Math.fma(b1, v1, Math.fma(b0, v0, right[i]));
    }
  }

  private static void addOne(double[] column, double[] x, double a, int length) {
    for (int i = 0; i < length; i++) {
      column[i] = Math.fma(a, x[i], column[i]);
    }
  }
}
