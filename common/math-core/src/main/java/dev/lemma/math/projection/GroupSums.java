// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;

/**
 * Sums of dense columns in ascending order of features, by groups: group g holds the features 4g ..
 * 4g + 3 (g = id &gt;&gt; 2, also for negative ids), its sum is ((r0 x0 + r1 x1) + r2 x2) + r3 x3
 * with absent and zero features left out, and group sums are added to the output one after the
 * other. Four features a sweep make a quarter of the additions to memory.
 *
 * <p>Leaving out a zero changes no bit as long as entries are finite: its product is a zero, and a
 * zero of either sign changes no sum but a sum of zeros, which ends as +0 because outputs start
 * there.
 */
public final class GroupSums {
  private GroupSums() {}

  /** Adds the columns of a row, each times its value, to k sums. */
  public static void add(SparseRow row, DenseColumns columns, float[] sums) {
    add(row, 0, row.size(), columns, sums);
  }

  /** Adds the columns of the entries from one place up to and without another. */
  static void add(SparseRow row, int from, int to, DenseColumns columns, float[] sums) {
    long[] ids = row.ids();
    double[] values = row.values();
    int i = from;
    while (i < to) {
      long group = ids[i] >> 2;
      float x0 = 0;
      float x1 = 0;
      float x2 = 0;
      float x3 = 0;
      float[] r0 = null;
      float[] r1 = null;
      float[] r2 = null;
      float[] r3 = null;
      int present = 0;
      for (; i < to && ids[i] >> 2 == group; i++) {
        float x = (float) values[i];
        if (x != 0) {
          float[] column = columns.floats(ids[i]);
          switch (present++) {
            case 0 -> {
              x0 = x;
              r0 = column;
            }
            case 1 -> {
              x1 = x;
              r1 = column;
            }
            case 2 -> {
              x2 = x;
              r2 = column;
            }
            default -> {
              x3 = x;
              r3 = column;
            }
          }
        }
      }
      switch (present) {
        case 0 -> {}
        case 1 -> add(sums, r0, x0);
        case 2 -> add(sums, r0, x0, r1, x1);
        case 3 -> add(sums, r0, x0, r1, x1, r2, x2);
        default -> add(sums, r0, x0, r1, x1, r2, x2, r3, x3);
      }
    }
  }

  /** The twin of {@link #add(SparseRow, DenseColumns, float[])} in binary64. */
  public static void add(SparseRow row, DenseColumns columns, double[] sums) {
    add(row, 0, row.size(), columns, sums);
  }

  /** Adds the columns of the entries from one place up to and without another. */
  static void add(SparseRow row, int from, int to, DenseColumns columns, double[] sums) {
    long[] ids = row.ids();
    double[] values = row.values();
    int i = from;
    while (i < to) {
      long group = ids[i] >> 2;
      double x0 = 0;
      double x1 = 0;
      double x2 = 0;
      double x3 = 0;
      double[] r0 = null;
      double[] r1 = null;
      double[] r2 = null;
      double[] r3 = null;
      int present = 0;
      for (; i < to && ids[i] >> 2 == group; i++) {
        double x = values[i];
        if (x != 0) {
          double[] column = columns.doubles(ids[i]);
          switch (present++) {
            case 0 -> {
              x0 = x;
              r0 = column;
            }
            case 1 -> {
              x1 = x;
              r1 = column;
            }
            case 2 -> {
              x2 = x;
              r2 = column;
            }
            default -> {
              x3 = x;
              r3 = column;
            }
          }
        }
      }
      switch (present) {
        case 0 -> {}
        case 1 -> add(sums, r0, x0);
        case 2 -> add(sums, r0, x0, r1, x1);
        case 3 -> add(sums, r0, x0, r1, x1, r2, x2);
        default -> add(sums, r0, x0, r1, x1, r2, x2, r3, x3);
      }
    }
  }

  private static void add(float[] y, float[] r0, float x0) {
    for (int c = 0; c < y.length; c++) {
      y[c] += r0[c] * x0;
    }
  }

  private static void add(float[] y, float[] r0, float x0, float[] r1, float x1) {
    for (int c = 0; c < y.length; c++) {
      y[c] += r0[c] * x0 + r1[c] * x1;
    }
  }

  private static void add(
      float[] y, float[] r0, float x0, float[] r1, float x1, float[] r2, float x2) {
    for (int c = 0; c < y.length; c++) {
      y[c] += (r0[c] * x0 + r1[c] * x1) + r2[c] * x2;
    }
  }

  private static void add(
      float[] y,
      float[] r0,
      float x0,
      float[] r1,
      float x1,
      float[] r2,
      float x2,
      float[] r3,
      float x3) {
    for (int c = 0; c < y.length; c++) {
      y[c] += ((r0[c] * x0 + r1[c] * x1) + r2[c] * x2) + r3[c] * x3;
    }
  }

  private static void add(double[] y, double[] r0, double x0) {
    for (int c = 0; c < y.length; c++) {
      y[c] += r0[c] * x0;
    }
  }

  private static void add(double[] y, double[] r0, double x0, double[] r1, double x1) {
    for (int c = 0; c < y.length; c++) {
      y[c] += r0[c] * x0 + r1[c] * x1;
    }
  }

  private static void add(
      double[] y, double[] r0, double x0, double[] r1, double x1, double[] r2, double x2) {
    for (int c = 0; c < y.length; c++) {
      y[c] += (r0[c] * x0 + r1[c] * x1) + r2[c] * x2;
    }
  }

  private static void add(
      double[] y,
      double[] r0,
      double x0,
      double[] r1,
      double x1,
      double[] r2,
      double x2,
      double[] r3,
      double x3) {
    for (int c = 0; c < y.length; c++) {
      y[c] += ((r0[c] * x0 + r1[c] * x1) + r2[c] * x2) + r3[c] * x3;
    }
  }
}
