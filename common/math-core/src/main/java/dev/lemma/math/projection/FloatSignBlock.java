// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Arrays;

/**
 * Sums of signed features for a block of rows, in binary32, with the additions of {@link
 * FloatSignRows}. Rows lie side by side in vectors (one for each feature, one for each output), and
 * for every four features the 16 vectors of their signed sums are formed, so that an output takes
 * one vector addition for four features instead of four multiplications and additions.
 *
 * <p>n x d x (k / 4 + 16 ceil(k / 512)) / 16 vector additions at 16 lanes. Memory 80 KB and 1 KB
 * for each output, of at most 512 at a time. Not thread-safe; allocates nothing after the first
 * block.
 */
final class FloatSignBlock {
  /**
   * Rows in a block. Constant, for the compiler vectorises by what it saw of the loops' lengths.
   */
  static final int ROWS = 256;

  /** From so many rows on, a block is faster than its rows one by one. */
  static final int WORTHWHILE_ROWS = 48;

  private static final int OUTPUTS = 512;
  private static final int QUADS = SignCodes.GROUP / 4;

  private final SignCodes codes;
  private final float[][] features = new float[SignCodes.GROUP][ROWS];
  private final float[][] quadSums = new float[QUADS * 16][ROWS];
  private final float[][] outputs;

  FloatSignBlock(SignCodes codes) {
    this.codes = codes;
    this.outputs = new float[Math.min(OUTPUTS, codes.outputs())][ROWS];
  }

  /**
   * Projects at most 256 rows of d entries that begin at {@code at}, and multiplies by a scale; k
   * outputs for each row from {@code outAt} on.
   */
  void project(float[] rows, int at, int n, float scale, float[] out, int outAt) {
    int k = codes.outputs();
    for (int first = 0; first < k; first += OUTPUTS) {
      int count = Math.min(OUTPUTS, k - first);
      sum(rows, at, n, first, count);
      store(n, scale, count, out, outAt + first);
    }
  }

  private void sum(float[] rows, int at, int n, int first, int count) {
    float[][] y = outputs;
    float[][] t = quadSums;
    for (int c = 0; c < count; c++) {
      Arrays.fill(y[c], 0);
    }
    for (float[] feature : features) {
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

  private static void add(float[] y, float[] a, float[] b, float[] c, float[] d) {
    for (int r = 0; r < ROWS; r++) {
      y[r] = (y[r] + (a[r] + b[r])) + (c[r] + d[r]);
    }
  }

  /** The 16 signed sums of four features, bit i of the index being set for minus feature i. */
  private void signedSums(int quad) {
    float[] x0 = features[4 * quad];
    float[] x1 = features[4 * quad + 1];
    float[] x2 = features[4 * quad + 2];
    float[] x3 = features[4 * quad + 3];
    for (int code = 0; code < 8; code++) {
      float s0 = 1 - 2 * (code & 1);
      float s1 = 1 - (code & 2);
      float s2 = 1 - (code >>> 1 & 2);
      float[] sum = quadSums[16 * quad + code];
      float[] opposite = quadSums[16 * quad + 15 - code];
      signedSum(x0, s0, x1, s1, x2, s2, x3, sum, opposite);
    }
  }

  /** Rounding is symmetric: the sum of the opposite signs is the opposite. */
  private static void signedSum(
      float[] x0,
      float s0,
      float[] x1,
      float s1,
      float[] x2,
      float s2,
      float[] x3,
      float[] sum,
      float[] opposite) {
    for (int r = 0; r < ROWS; r++) {
      float v = ((s0 * x0[r] + s1 * x1[r]) + s2 * x2[r]) + x3[r];
      sum[r] = v;
      opposite[r] = -v;
    }
  }

  /** Takes up to 16 features out of the rows; those beyond d become zeros. */
  private void load(float[] rows, int at, int n, int width) {
    int d = codes.features();
    float[][] x = features;
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
      float[] rows,
      int at,
      int d,
      int n,
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float[] x4,
      float[] x5,
      float[] x6,
      float[] x7) {
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

  private void store(int n, float scale, int count, float[] out, int at) {
    int k = codes.outputs();
    float[][] y = outputs;
    int c = 0;
    for (; c + 4 <= count; c += 4) {
      storeFour(y[c], y[c + 1], y[c + 2], y[c + 3], n, scale, out, at + c, k);
    }
    for (; c < count; c++) {
      float[] one = y[c];
      for (int r = 0; r < n; r++) {
        out[at + c + r * k] = one[r] * scale;
      }
    }
  }

  private static void storeFour(
      float[] y0,
      float[] y1,
      float[] y2,
      float[] y3,
      int n,
      float scale,
      float[] out,
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
