// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

/**
 * Cosines and sines of phases in turns (1 is the full circle), in binary32 and by additions and
 * multiplications alone: the same bits on every machine, interpreted or compiled.
 *
 * <p>A phase t is reduced to f = t - n, n the nearest whole number, which is exact; then s = sin(pi
 * f) and c = cos(pi f) by their Taylor polynomials of degree 13 and 12, and cos(2 pi f) = 1 - 2
 * s<sup>2</sup>, sin(2 pi f) = 2 s c. The absolute error is at most 2<sup>-20</sup>, eight units in
 * the last place of 1. A phase of 2<sup>22</sup> turns or more, whose fraction has no digits left,
 * and one that is no number give NaN.
 *
 * <p>Loops are short and over arrays indexed from zero, so that the compiler vectorises each. Not
 * thread-safe.
 */
final class FloatWaves {
  private static final int CHUNK = 512;

  /** Adding and subtracting it rounds to a whole number, to even in the middle. */
  private static final float ROUNDER = 0x1.8p23f;

  /** Takes phases of 2^22 and more to infinity. */
  private static final float GUARD = 0x1p106f;

  // (-1)^j pi^(2j + 1) / (2j + 1)! and (-1)^j pi^(2j) / (2j)!
  private static final float S0 = 3.14159265f;
  private static final float S1 = -5.16771278f;
  private static final float S2 = 2.55016404f;
  private static final float S3 = -0.599264529f;
  private static final float S4 = 0.0821458866f;
  private static final float S5 = -0.00737043095f;
  private static final float S6 = 0.000466302806f;
  private static final float C1 = -4.9348022f;
  private static final float C2 = 4.05871213f;
  private static final float C3 = -1.33526277f;
  private static final float C4 = 0.23533063f;
  private static final float C5 = -0.0258068914f;
  private static final float C6 = 0.00192957431f;

  private final float[] fraction = new float[CHUNK];
  private final float[] square = new float[CHUNK];
  private final float[] sine = new float[CHUNK];
  private final float[] cosine = new float[CHUNK];

  /**
   * Writes the scaled cosines of some phases to {@code out[at ..]}, and behind them as many sines.
   *
   * @param turns the phases, all of which are used
   * @param scale what cosines and sines are multiplied by
   * @param out receives 2 m numbers from {@code at} on
   */
  void map(float[] turns, float scale, float[] out, int at) {
    int m = turns.length;
    for (int from = 0; from < m; from += CHUNK) {
      int n = Math.min(CHUNK, m - from);
      System.arraycopy(turns, from, fraction, 0, n);
      reduce(fraction, square);
      sines(fraction, square, sine);
      cosines(square, cosine);
      doubleAngles(sine, cosine, scale);
      System.arraycopy(cosine, 0, out, at + from, n);
      System.arraycopy(sine, 0, out, at + m + from, n);
    }
  }

  /** Each phase less the nearest whole number, and its square. */
  private static void reduce(float[] f, float[] square) {
    for (int i = 0; i < CHUNK; i++) {
      float t = f[i];
      float guarded = t * GUARD;
      // 0, or NaN where the phase was too large.
      float r = (t - ((t + ROUNDER) - ROUNDER)) + (guarded - guarded);
      f[i] = r;
      square[i] = r * r;
    }
  }

  private static void sines(float[] f, float[] square, float[] s) {
    for (int i = 0; i < CHUNK; i++) {
      float q = square[i];
      s[i] = f[i] * (S0 + q * (S1 + q * (S2 + q * (S3 + q * (S4 + q * (S5 + q * S6))))));
    }
  }

  private static void cosines(float[] square, float[] c) {
    for (int i = 0; i < CHUNK; i++) {
      float q = square[i];
      c[i] = 1f + q * (C1 + q * (C2 + q * (C3 + q * (C4 + q * (C5 + q * C6)))));
    }
  }

  /** From sine and cosine of half the angle to those of the angle, scaled. */
  private static void doubleAngles(float[] s, float[] c, float scale) {
    for (int i = 0; i < CHUNK; i++) {
      float half = s[i];
      float twice = 2 * half * scale;
      s[i] = twice * c[i];
      c[i] = scale - twice * half;
    }
  }
}
