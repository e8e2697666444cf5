// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

/**
 * Cosines and sines of phases in turns (1 is the full circle), in binary64 and by additions and
 * multiplications alone: the same bits on every machine, interpreted or compiled.
 *
 * <p>A phase t is reduced to f = t - n, n the nearest whole number, which is exact; then s = sin(pi
 * f) and c = cos(pi f) by their Taylor polynomials of degree 21 and 20, and cos(2 pi f) = 1 - 2
 * s<sup>2</sup>, sin(2 pi f) = 2 s c. The absolute error is at most 2<sup>-49</sup>, eight units in
 * the last place of 1. A phase of 2<sup>51</sup> turns or more, whose fraction has no digits left,
 * and one that is no number give NaN.
 *
 * <p>Loops are short and over arrays indexed from zero, so that the compiler vectorises each. Not
 * thread-safe.
 */
final class DoubleWaves {
  private static final int CHUNK = 512;

  /** Adding and subtracting it rounds to a whole number, to even in the middle. */
  private static final double ROUNDER = 0x1.8p52;

  /** Takes phases of 2^51 and more to infinity. */
  private static final double GUARD = 0x1p973;

  // (-1)^j pi^(2j + 1) / (2j + 1)! and (-1)^j pi^(2j) / (2j)!
  private static final double S0 = 3.141592653589793;
  private static final double S1 = -5.16771278004997;
  private static final double S2 = 2.5501640398773455;
  private static final double S3 = -0.5992645293207921;
  private static final double S4 = 0.08214588661112823;
  private static final double S5 = -0.0073704309457143504;
  private static final double S6 = 0.00046630280576761255;
  private static final double S7 = -2.1915353447830217e-05;
  private static final double S8 = 7.952054001475513e-07;
  private static final double S9 = -2.2948428997269873e-08;
  private static final double S10 = 5.392664662608129e-10;
  private static final double C1 = -4.934802200544679;
  private static final double C2 = 4.0587121264167685;
  private static final double C3 = -1.3352627688545895;
  private static final double C4 = 0.2353306303588932;
  private static final double C5 = -0.02580689139001406;
  private static final double C6 = 0.0019295743094039231;
  private static final double C7 = -0.0001046381049248457;
  private static final double C8 = 4.303069587032947e-06;
  private static final double C9 = -1.3878952462213771e-07;
  private static final double C10 = 3.604730797462501e-09;

  private final double[] fraction = new double[CHUNK];
  private final double[] square = new double[CHUNK];
  private final double[] sine = new double[CHUNK];
  private final double[] cosine = new double[CHUNK];

  /**
   * Writes the scaled cosines of some phases to {@code out[at ..]}, and behind them as many sines.
   *
   * @param turns the phases, all of which are used
   * @param scale what cosines and sines are multiplied by
   * @param out receives 2 m numbers from {@code at} on
   */
  void map(double[] turns, double scale, double[] out, int at) {
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
  private static void reduce(double[] f, double[] square) {
    for (int i = 0; i < CHUNK; i++) {
      double t = f[i];
      double guarded = t * GUARD;
      // 0, or NaN where the phase was too large.
      double r = (t - ((t + ROUNDER) - ROUNDER)) + (guarded - guarded);
      f[i] = r;
      square[i] = r * r;
    }
  }

  private static void sines(double[] f, double[] square, double[] s) {
    for (int i = 0; i < CHUNK; i++) {
      double q = square[i];
      s[i] =
          f[i]
              * (S0
                  + q
                      * (S1
                          + q
                              * (S2
                                  + q
                                      * (S3
                                          + q
                                              * (S4
                                                  + q
                                                      * (S5
                                                          + q
                                                              * (S6
                                                                  + q
                                                                      * (S7
                                                                          + q
                                                                              * (S8
                                                                                  + q
                                                                                      * (S9
                                                                                          + q
                                                                                              * S10))))))))));
    }
  }

  private static void cosines(double[] square, double[] c) {
    for (int i = 0; i < CHUNK; i++) {
      double q = square[i];
      c[i] =
          1
              + q
                  * (C1
                      + q
                          * (C2
                              + q
                                  * (C3
                                      + q
                                          * (C4
                                              + q
                                                  * (C5
                                                      + q
                                                          * (C6
                                                              + q
                                                                  * (C7
                                                                      + q
                                                                          * (C8
                                                                              + q
                                                                                  * (C9
                                                                                      + q
                                                                                          * C10)))))))));
    }
  }

  /** From sine and cosine of half the angle to those of the angle, scaled. */
  private static void doubleAngles(double[] s, double[] c, double scale) {
    for (int i = 0; i < CHUNK; i++) {
      double half = s[i];
      double twice = 2 * half * scale;
      s[i] = twice * c[i];
      c[i] = scale - twice * half;
    }
  }
}
