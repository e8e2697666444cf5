// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

/**
 * Arithmetic on natural logarithms of probabilities, and the logarithms that lose no digits near 1.
 *
 * <p>A probability 0 is {@link Double#NEGATIVE_INFINITY}, 1 is 0. All functions are pure and O(1).
 */
public final class LogDomain {
  /** ln 2. */
  public static final double LN_2 = 0.693147180559945309417232;

  /** Below this |x| the series beats the difference of log1p(x) and x. */
  private static final double SERIES_BELOW = 0.6;

  private LogDomain() {}

  /**
   * ln(1 + x) - x, to a few units in the last place for all x &gt; -1; NaN below, and minus
   * infinity at -1.
   *
   * <p>With s = x / (2 + x), ln(1 + x) = 2 artanh(s) and x = 2s / (1 - s), hence ln(1 + x) - x = s
   * (2 s^2 (1/3 + s^2/5 + s^4/7 + ...) - x), in which nothing cancels near 0.
   */
  public static double log1pMinus(double x) {
    if (Math.abs(x) > SERIES_BELOW) {
      return Math.log1p(x) - x;
    }
    double s = x / (2 + x);
    double square = s * s;
    double power = 1;
    double sum = 0;
    for (int odd = 3; ; odd += 2) {
      double next = sum + power / odd;
      if (next == sum) {
        break;
      }
      sum = next;
      power *= square;
    }
    return s * (2 * square * sum - x);
  }

  /** ln(e^a + e^b). */
  public static double sum(double a, double b) {
    double larger = Math.max(a, b);
    if (larger == Double.NEGATIVE_INFINITY || larger == Double.POSITIVE_INFINITY) {
      return larger;
    }
    return larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
  }

  /** ln(1 - e^a) for a at most 0; what rounding puts above 0 counts as 0. */
  public static double complement(double a) {
    if (a >= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return a > -LN_2 ? Math.log(-Math.expm1(a)) : Math.log1p(-Math.exp(a));
  }
}
