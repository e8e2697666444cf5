// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

/**
 * The norm of a vector of n dimensions that follows the multivariate t law with f degrees: that of
 * a Gaussian vector times sqrt(f / chi-square). In strict arithmetic throughout, as {@link ChiLaw}.
 *
 * <p>With y ~ Beta(f / 2, n / 2) the squared norm is f (1 - y) / y. y is found by Newton's method
 * on the logarithm of the regularised incomplete Beta function, which is evaluated by Lentz's
 * continued fraction: the probability is met to about 1e-15.
 *
 * <p>Source of the fraction: W. H. Press, S. A. Teukolsky, W. T. Vetterling and B. P. Flannery,
 * <em>Numerical Recipes</em>, 3rd ed. 2007, section 6.4.
 */
final class StudentNormLaw {
  private static final double ROUNDING = 0x1p-52;
  private static final double TINY = 1e-300;
  private static final double LEAST_LOG = -700;
  private static final int MOST_STEPS = 200;

  private final double a;
  private final double b;
  private final double logBeta;

  /**
   * The norm of a vector.
   *
   * @param n dimensions, at least 1
   * @param degrees f, at least 1
   */
  StudentNormLaw(int n, int degrees) {
    this.a = 0.5 * degrees;
    this.b = 0.5 * n;
    this.logBeta =
        ChiLaw.logGammaOfHalf(degrees)
            + ChiLaw.logGammaOfHalf(n)
            - ChiLaw.logGammaOfHalf(Math.addExact(n, degrees));
  }

  /** The r with probability p below it, p in (0, 1). */
  double quantile(double p) {
    // The norm falls as y rises.
    double q = 1 - p;
    double low = LEAST_LOG;
    double high = 0;
    double t = StrictMath.log(a / (a + b));
    for (int step = 0; step < MOST_STEPS; step++) {
      double y = StrictMath.exp(t);
      double below = below(y);
      if (below > q) {
        high = t;
      } else {
        low = t;
      }
      double slope = StrictMath.exp(logDensity(y) + t) / below;
      double next = t - StrictMath.log(below / q) / slope;
      if (!(next > low && next < high)) {
        next = 0.5 * (low + high);
      }
      boolean settled = StrictMath.abs(next - t) <= 1e-14;
      t = next;
      if (settled) {
        break;
      }
    }
    double y = StrictMath.exp(t);
    return StrictMath.sqrt(2 * a * (1 - y) / y);
  }

  private double logDensity(double y) {
    return (a - 1) * StrictMath.log(y) + (b - 1) * StrictMath.log1p(-y) - logBeta;
  }

  /** The regularised incomplete Beta function at y. */
  private double below(double y) {
    double front = StrictMath.exp(a * StrictMath.log(y) + b * StrictMath.log1p(-y) - logBeta);
    return y < (a + 1) / (a + b + 2)
        ? front * fraction(a, b, y) / a
        : 1 - front * fraction(b, a, 1 - y) / b;
  }

  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / clear(1 - (a + b) * x / (a + 1));
    double h = d;
    double change;
    int m = 1;
    do {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / clear(1 + even * d);
      c = clear(1 + even / c);
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / clear(1 + odd * d);
      c = clear(1 + odd / c);
      change = d * c;
      h *= change;
      m++;
    } while (StrictMath.abs(change - 1) > ROUNDING);
    return h;
  }

  private static double clear(double value) {
    return StrictMath.abs(value) < TINY ? TINY : value;
  }
}
