// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * Functions of a tile's numbers side by side, by additions and multiplications alone: the same bits
 * on every machine, and loops that the compiler turns into vector instructions. It does so only
 * with short bodies over arrays that are indexed from 0, hence the many small loops. All arrays of
 * a call have one length.
 *
 * <p>e<sup>-t</sup> - 1 is computed by its Taylor polynomial at t / 1024 and ten doublings of the
 * argument, e<sup>2r</sup> - 1 = y (y + 2) with y = e<sup>r</sup> - 1: nothing cancels, and the
 * absolute error stays below 10<sup>-15</sup>. ln(1 + u) = 2 artanh(u / (2 + u)) by its series.
 */
final class LaneMath {
  /** 2^-10 for ten doublings. */
  private static final double SCALE = -0x1p-10;

  /** Beyond it e^-t is nothing beside 1; the polynomial is good for more than this. */
  private static final double LARGEST = 1000;

  private static final double F2 = 1.0 / 2;
  private static final double F3 = 1.0 / 6;
  private static final double F4 = 1.0 / 24;
  private static final double F5 = 1.0 / 120;
  private static final double F6 = 1.0 / 720;
  private static final double F7 = 1.0 / 5040;
  private static final double F8 = 1.0 / 40320;

  /** Terms of the series of artanh(s) / s in s^2, which is at most 1/9. */
  private static final int TERMS = 17;

  private static final double[] ARTANH = new double[TERMS];

  static {
    for (int k = 0; k < TERMS; k++) {
      ARTANH[k] = 1.0 / (2 * k + 1);
    }
  }

  private LaneMath() {}

  /**
   * y = e<sup>-|z|</sup> - 1, absolute error below 10<sup>-15</sup>.
   *
   * @param z finite or infinite
   * @param r room
   * @param y receives the result
   */
  static void expm1OfMinusAbsolute(double[] z, double[] r, double[] y) {
    int n = z.length;
    for (int c = 0; c < n; c++) {
      r[c] = SCALE * Math.min(Math.abs(z[c]), LARGEST);
    }
    for (int c = 0; c < n; c++) {
      double t = r[c];
      y[c] = F4 + t * (F5 + t * (F6 + t * (F7 + t * F8)));
    }
    for (int c = 0; c < n; c++) {
      double t = r[c];
      y[c] = t * (1 + t * (F2 + t * (F3 + t * y[c])));
    }
    doubleFiveTimes(y);
    doubleFiveTimes(y);
  }

  private static void doubleFiveTimes(double[] y) {
    int n = y.length;
    for (int c = 0; c < n; c++) {
      double v = y[c];
      v = v * (v + 2);
      v = v * (v + 2);
      v = v * (v + 2);
      v = v * (v + 2);
      y[c] = v * (v + 2);
    }
  }

  /**
   * ln(2 + y) for y in [-1, 0], into y.
   *
   * @param r room
   * @param sum room
   */
  static void log1pInPlace(double[] y, double[] r, double[] sum) {
    int n = y.length;
    for (int c = 0; c < n; c++) {
      y[c] = (y[c] + 1) / (y[c] + 3);
    }
    for (int c = 0; c < n; c++) {
      r[c] = y[c] * y[c];
      sum[c] = ARTANH[TERMS - 1];
    }
    for (int k = TERMS - 2; k >= 0; k--) {
      multiplyAdd(sum, r, ARTANH[k]);
    }
    for (int c = 0; c < n; c++) {
      y[c] = 2 * y[c] * sum[c];
    }
  }

  private static void multiplyAdd(double[] sum, double[] r, double add) {
    int n = sum.length;
    for (int c = 0; c < n; c++) {
      sum[c] = sum[c] * r[c] + add;
    }
  }

  /** z = sum_j x[at + j] b[j], features in order, four a sweep. */
  static void predictors(double[] x, int at, int d, double[][] b, int from, double[] z) {
    int n = z.length;
    for (int c = 0; c < n; c++) {
      z[c] = 0;
    }
    int j = 0;
    for (; j + 4 <= d; j += 4) {
      addFour(
          z,
          b[from + j],
          b[from + j + 1],
          b[from + j + 2],
          b[from + j + 3],
          x[at + j],
          x[at + j + 1],
          x[at + j + 2],
          x[at + j + 3]);
    }
    for (; j < d; j++) {
      addOne(z, b[from + j], x[at + j]);
    }
  }

  private static void addFour(
      double[] z,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double x0,
      double x1,
      double x2,
      double x3) {
    int n = z.length;
    for (int c = 0; c < n; c++) {
      z[c] = z[c] + x0 * b0[c] + x1 * b1[c] + x2 * b2[c] + x3 * b3[c];
    }
  }

  private static void addOne(double[] z, double[] b, double x) {
    int n = z.length;
    for (int c = 0; c < n; c++) {
      z[c] += x * b[c];
    }
  }
}
