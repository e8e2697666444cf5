// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * Logarithm and hazard of the normal distribution function, accurate in its tail.
 *
 * <p>Beyond 4 in magnitude: Laplace's continued fraction of Mills' ratio; inside: Phi(z) = 1/2 +
 * phi(z) (z + z^3/3 + z^5/15 + ...), whose terms have one sign. Relative error of Phi below
 * 10<sup>-11</sup>; StrictMath.
 *
 * <p>Source: M. Abramowitz and I. A. Stegun, <em>Handbook of Mathematical Functions</em>, 26.2.11
 * and 26.2.14.
 */
final class NormalTail {
  private static final double LOG_SQRT_2_PI = 0.918938533204672741780329736406;

  /** From here on the fraction is quicker and as good. */
  private static final double TAIL = -4;

  /** Partial quotients of the fraction: at |z| = 4 they leave nothing. */
  private static final int QUOTIENTS = 60;

  /** Beyond it Phi is 1 to all digits that count. */
  private static final double CERTAIN = 9;

  private NormalTail() {}

  /** ln Phi(z). */
  static double logBelow(double z) {
    if (z < TAIL) {
      return logDensity(z) + StrictMath.log(mills(-z));
    }
    if (z > 0) {
      return z > CERTAIN ? -StrictMath.exp(logDensity(z)) * mills(z) : StrictMath.log1p(-above(z));
    }
    return StrictMath.log(0.5 - series(-z));
  }

  /** phi(z) / Phi(z). */
  static double hazardBelow(double z) {
    if (z < TAIL) {
      return 1 / mills(-z);
    }
    double density = StrictMath.exp(logDensity(z));
    return density / (z > 0 ? 1 - above(z) : 0.5 - series(-z));
  }

  /** 1 - Phi(z) for z above 0. */
  private static double above(double z) {
    return z > -TAIL ? StrictMath.exp(logDensity(z)) * mills(z) : 0.5 - series(z);
  }

  /** Phi(z) - 1/2 for z from 0 to 4. */
  private static double series(double z) {
    double square = z * z;
    double term = z;
    double sum = z;
    for (int odd = 3; term > 1e-18 * sum; odd += 2) {
      term *= square / odd;
      sum += term;
    }
    return StrictMath.exp(logDensity(z)) * sum;
  }

  /** (1 - Phi(z)) / phi(z) for z of 4 and more: 1/(z+ 1/(z+ 2/(z+ 3/(z+ ...)))). */
  private static double mills(double z) {
    double fraction = z;
    for (int k = QUOTIENTS; k >= 1; k--) {
      fraction = z + k / fraction;
    }
    return 1 / fraction;
  }

  private static double logDensity(double z) {
    return -0.5 * z * z - LOG_SQRT_2_PI;
  }
}
