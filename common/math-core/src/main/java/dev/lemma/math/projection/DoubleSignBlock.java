// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Arrays;

/**
 * Sums of signed features for a block of rows, in binary64, with the additions of {@link
 * DoubleSignRows}. Rows lie side by side in vectors (one for each feature, one for each output),
 * and for every four features the 16 vectors of their signed sums are formed, so that an output
 * takes one vector addition for four features instead of four multiplications and additions.
 *
 * <p>n x d x (k / 4 + 16 ceil(k / 256)) / 8 vector additions at 8 lanes. Memory 160 KB and 2 KB for
 * each output, of at most 256 at a time. Not thread-safe; allocates nothing after the first block.
 */
final class DoubleSignBlock {
  /**
   * Rows in a block. Constant, for the compiler vectorises by what it saw of the loops' lengths.
   */
  static final int ROWS = 256;

  /** From so many rows on, a block is faster than its rows one by one. */
  static final int WORTHWHILE_ROWS = 48;

  private static final int OUTPUTS = 256;
  private static final int QUADS = SignCodes.GROUP / 4;

  private final SignCodes codes;
  private final double[][] features = new double[SignCodes.GROUP][ROWS];
  private final double[][] quadSums = new double[QUADS * 16][ROWS];
  private final double[][] outputs;

  DoubleSignBlock(SignCodes codes) {
    this.codes = codes;
    this.outputs = new double[Math.min(OUTPUTS, codes.outputs())][ROWS];
  }

  /**
   * Projects at most 256 rows of d entries that begin at {@code at}, and multiplies by a scale; k
   * outputs for each row from {@code outAt} on.
   */
  void project(double[] rows, int at, int n, double scale, double[] out, int outAt) {
    int k = codes.outputs();
    for (int first = 0; first < k; first += OUTPUTS) {
      int count = Math.min(OUTPUTS, k - first);
      sum(rows, at, n, first, count);
      store(n, scale, count, out, outAt + first);
    }
  }

  private void sum(double[] rows, int at, int n, int first, int count) {
    double[][] y = outputs;
    double[][] t = quadSums;
    for (int c = 0; c < count; c++) {
      Arrays.fill(y[c], 0);
    }
    for (double[] feature : features) {
      // Lanes without a row: whatever stood there would slow the arithmetic down if subnormal.
      Arrays.fill(feature, n, ROWS, 0);
    }
    int d = codes.features();
    for (int g = 0; g * SignCodes.GROUP < d; g++) {
      load(rows, at + g * SignCodes.GROUP, n, Math.min(SignCodes.GROUP, d - g * SignCodes.GROUP));
      for (int q = 0; q < QUADS; q++) {
        signedSums(q);
      }
      char[] group = codes.group(g);
      for (int c = 0; c < count; c++) {
        int code = group[first + c];
        add(
            y[c],
            t[code & 15],
            t[16 + (code >>> 4 & 15)],
            t[32 + (code >>> 8 & 15)],
            t[48 + (code >>> 12)]);
      }
    }
  }

  private static void add(double[] y, double[] a, double[] b, double[] c, double[] d) {
    for (int r = 0; r < ROWS; r++) {
      y[r] = (y[r] + (a[r] + b[r])) + (c[r] + d[r]);
    }
  }

  /** The 16 signed sums of four features, bit i of the index being set for minus feature i. */
  private void signedSums(int quad) {
    double[] x0 = features[4 * quad];
    double[] x1 = features[4 * quad + 1];
    double[] x2 = features[4 * quad + 2];
    double[] x3 = features[4 * quad + 3];
    for (int code = 0; code < 8; code++) {
      double s0 = 1 - 2 * (code & 1);
      double s1 = 1 - (code & 2);
      double s2 = 1 - (code >>> 1 & 2);
      double[] sum = quadSums[16 * quad + code];
      double[] opposite = quadSums[16 * quad + 15 - code];
      signedSum(x0, s0, x1, s1, x2, s2, x3, sum, opposite);
    }
  }

  /** Rounding is symmetric: the sum of the opposite signs is the opposite. */
  private static void signedSum(
      double[] x0,
      double s0,
      double[] x1,
      double s1,
      double[] x2,
      double s2,
      double[] x3,
      double[] sum,
      double[] opposite) {
    for (int r = 0; r < ROWS; r++) {
      double v = ((s0 * x0[r] + s1 * x1[r]) + s2 * x2[r]) + x3[r];
      sum[r] = v;
      opposite[r] = -v;
    }
  }

  /** Takes up to 16 features out of the rows; those beyond d become zeros. */
  private void load(double[] rows, int at, int n, int width) {
    int d = codes.features();
    double[][] x = features;
    if (width == SignCodes.GROUP) {
      loadEight(rows, at, d, n, x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
      loadEight(rows, at + 8, d, n, x[8], x[9], x[10], x[11], x[12], x[13], x[14], x[15]);
      return;
    }
    for (int i = 0; i < SignCodes.GROUP; i++) {
      for (int r = 0; r < n; r++) {
        x[i][r] = i < width ? rows[at + r * d + i] : 0;
      }
    }
  }

  private static void loadEight(
      double[] rows,
      int at,
      int d,
      int n,
      double[] x0,
      double[] x1,
      double[] x2,
      double[] x3,
      double[] x4,
      double[] x5,
      double[] x6,
      double[] x7) {
    int i = at;
    for (int r = 0; r < n; r++) {
      x0[r] = rows[i];
      x1[r] = rows[i + 1];
      x2[r] = rows[i + 2];
      x3[r] = rows[i + 3];
      x4[r] = rows[i + 4];
      x5[r] = rows[i + 5];
      x6[r] = rows[i + 6];
      x7[r] = rows[i + 7];
      i += d;
    }
  }

  private void store(int n, double scale, int count, double[] out, int at) {
    int k = codes.outputs();
    double[][] y = outputs;
    int c = 0;
    for (; c + 4 <= count; c += 4) {
      storeFour(y[c], y[c + 1], y[c + 2], y[c + 3], n, scale, out, at + c, k);
    }
    for (; c < count; c++) {
      double[] one = y[c];
      for (int r = 0; r < n; r++) {
        out[at + c + r * k] = one[r] * scale;
      }
    }
  }

  private static void storeFour(
      double[] y0,
      double[] y1,
      double[] y2,
      double[] y3,
      int n,
      double scale,
      double[] out,
      int at,
      int k) {
    int i = at;
    for (int r = 0; r < n; r++) {
      out[i] = y0[r] * scale;
      out[i + 1] = y1[r] * scale;
      out[i + 2] = y2[r] * scale;
      out[i + 3] = y3[r] * scale;
      i += k;
    }
  }
}
