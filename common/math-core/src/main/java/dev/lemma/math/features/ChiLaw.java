// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

/**
 * The norm of a Gaussian vector of so many dimensions. In strict arithmetic throughout: the same
 * bits on every machine.
 *
 * <p>The probability below r is the regularised incomplete Gamma function P(a, x) at a = n / 2, x =
 * r<sup>2</sup> / 2, by its series below its mean and by Lentz's continued fraction above: absolute
 * error of about 1e-13, at some sqrt(n) operations.
 *
 * <p>Source: W. H. Press, S. A. Teukolsky, W. T. Vetterling and B. P. Flannery, <em>Numerical
 * Recipes</em>, 3rd ed. 2007, section 6.2, for the method.
 */
final class ChiLaw {
  private static final double ROUNDING = 0x1p-54;
  private static final double TINY = 1e-300;
  private static final int MOST_STEPS = 200;

  private final double a;
  private final double logGamma;

  /** The norm of a vector of n dimensions, n at least 1. */
  ChiLaw(int n) {
    this.a = 0.5 * n;
    this.logGamma = logGammaOfHalf(n);
  }

  /** ln Gamma(n / 2) by the recurrence from 1/2 or 1. */
  static double logGammaOfHalf(int n) {
    double z = n % 2 == 0 ? 1 : 0.5;
    double sum = n % 2 == 0 ? 0 : 0.5 * StrictMath.log(Math.PI);
    double factor = 1;
    for (; z < 0.5 * n; z++) {
      factor *= z;
      if (factor > 1e100) {
        sum += StrictMath.log(factor);
        factor = 1;
      }
    }
    return sum + StrictMath.log(factor);
  }

  /** The r with probability p below it, p in (0, 1). */
  double quantile(double p) {
    // Newton's method for x from the mode of the density, between bounds that it must not leave.
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double x = a > 1 ? a - 1.0 / 3 : 0.5 * a;
    for (int step = 0; step < MOST_STEPS; step++) {
      double error = below(x) - p;
      if (error > 0) {
        high = x;
      } else {
        low = x;
      }
      double slope = StrictMath.exp((a - 1) * StrictMath.log(x) - x - logGamma);
      double next = x - error / slope;
      if (!(next > low && next < high)) {
        next = high < Double.POSITIVE_INFINITY ? 0.5 * (low + high) : 2 * x;
      }
      boolean settled = StrictMath.abs(next - x) <= 1e-14 * x;
      x = next;
      if (settled) {
        break;
      }
    }
    return StrictMath.sqrt(2 * x);
  }

  /** P(a, x). */
  private double below(double x) {
    double front = StrictMath.exp(a * StrictMath.log(x) - x - logGamma);
    return x < a + 1 ? front * series(x) : 1 - front * fraction(x);
  }

  private double series(double x) {
    double term = 1 / a;
    double sum = term;
    for (double n = a + 1; term > ROUNDING * sum; n++) {
      term *= x / n;
      sum += term;
    }
    return sum;
  }

  private double fraction(double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double h = d;
    double change;
    int i = 1;
    do {
      double numerator = -i * (i - a);
      b += 2;
      d = numerator * d + b;
      d = 1 / (StrictMath.abs(d) < TINY ? TINY : d);
      c = b + numerator / c;
      c = StrictMath.abs(c) < TINY ? TINY : c;
      change = d * c;
      h *= change;
      i++;
    } while (StrictMath.abs(change - 1) > 4 * ROUNDING);
    return h;
  }
}
