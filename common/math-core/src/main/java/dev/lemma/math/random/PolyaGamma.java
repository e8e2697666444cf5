// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import dev.lemma.math.probability.GaussianTail;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Exact Polya-Gamma variates PG(b, z) for whole b: the law with density proportional to exp(-z^2 w
 * / 2) times that of PG(b, 0), for which
 *
 * <pre>
 * E w       = b tanh(z / 2) / (2 z)                        b / 4 at z = 0
 * var w     = b (sinh z - z) / (4 z^3 cosh^2(z / 2))       b / 24 at z = 0
 * E e^(-sw) = (cosh(z / 2) / cosh(sqrt((z^2 / 2 + s) / 2)))^b
 * </pre>
 *
 * <p>PG(1, z) by Devroye's alternating series: 4 w is proposed from an inverse Gaussian below 0.64
 * and an exponential above it, and accepted between partial sums of the density's series; fewer
 * than one proposal in a thousand is refused. PG(b, z) is a sum of b of them: O(b).
 *
 * <p>Sources: N. G. Polson, J. G. Scott, J. Windle, <em>Bayesian inference for logistic models
 * using Polya-Gamma latent variables</em>, 2013, <a
 * href="https://doi.org/10.1080/01621459.2013.829001">doi:10.1080/01621459.2013.829001</a>,
 * arXiv:1205.0310; L. Devroye, <em>On exact simulation algorithms for some distributions related to
 * Jacobi theta functions</em>, 2009, <a
 * href="https://doi.org/10.1016/j.spl.2009.07.028">doi:10.1016/j.spl.2009.07.028</a>.
 */
public final class PolyaGamma {
  /** Where the two forms of the series meet. */
  private static final double CUT = 0.64;

  private static final double ROOT_CUT = 0.8;
  private static final double PI_SQUARED = Math.PI * Math.PI;

  private PolyaGamma() {}

  /**
   * One variate.
   *
   * @param shape b, at least 1
   * @param tilt z, finite; only its magnitude counts
   * @return a positive number
   * @throws IllegalArgumentException if b is below 1 or z is not finite
   */
  public static double draw(UniformRandomProvider source, int shape, double tilt) {
    if (shape < 1) {
      throw new IllegalArgumentException(
          "shape of a Polya-Gamma variate: expected a whole number of at least 1, found " + shape);
    }
    double z = Math.abs(tilt) / 2;
    if (!(z < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "tilt of a Polya-Gamma variate: expected a finite number, found " + tilt);
    }
    double decay = PI_SQUARED / 8 + z * z / 2;
    double above = shareAbove(z, decay);
    double sum = 0;
    for (int i = 0; i < shape; i++) {
      sum += jacobi(source, z, decay, above);
    }
    return sum / 4;
  }

  /** The probability that the proposal comes from the exponential: p / (p + q). */
  private static double shareAbove(double z, double decay) {
    double logP = StrictMath.log(Math.PI / (2 * decay)) - decay * CUT;
    double near = GaussianTail.logLower((CUT * z - 1) / ROOT_CUT) - z;
    double far = GaussianTail.logLower(-(CUT * z + 1) / ROOT_CUT) + z;
    double ratio = 2 * (StrictMath.exp(near - logP) + StrictMath.exp(far - logP));
    return 1 / (1 + ratio);
  }

  private static double jacobi(UniformRandomProvider source, double z, double decay, double above) {
    while (true) {
      double x =
          Variates.uniform(source) < above
              ? CUT + Variates.exponential(source) / decay
              : inverseGaussianBelowCut(source, z);
      double partial = coefficient(0, x);
      double level = Variates.uniform(source) * partial;
      for (int n = 1; ; n++) {
        if ((n & 1) == 1) {
          partial -= coefficient(n, x);
          if (level <= partial) {
            return x;
          }
        } else {
          partial += coefficient(n, x);
          if (level > partial) {
            break;
          }
        }
      }
    }
  }

  /** a_n(x). */
  private static double coefficient(int n, double x) {
    double half = n + 0.5;
    if (x > CUT) {
      return Math.PI * half * StrictMath.exp(-half * half * PI_SQUARED * x / 2);
    }
    double base = 2 / (Math.PI * x);
    return Math.PI * half * base * StrictMath.sqrt(base) * StrictMath.exp(-2 * half * half / x);
  }

  /** Inverse Gaussian of mean 1 / z and shape 1, given that it is below the cut. */
  private static double inverseGaussianBelowCut(UniformRandomProvider source, double z) {
    return z * CUT < 1 ? fromLevyTail(source, z) : fromInverseGaussian(source, 1 / z);
  }

  private static double fromLevyTail(UniformRandomProvider source, double z) {
    while (true) {
      double first = Variates.exponential(source);
      double second = Variates.exponential(source);
      if (first * first <= 2 * second / CUT) {
        double root = 1 + CUT * first;
        double x = CUT / (root * root);
        if (StrictMath.log(Variates.uniform(source)) <= -z * z * x / 2) {
          return x;
        }
      }
    }
  }

  private static double fromInverseGaussian(UniformRandomProvider source, double mean) {
    while (true) {
      double g = Variates.gaussian(source);
      double half = 0.5 * mean * g * g;
      double x = mean * (1 + half - StrictMath.sqrt(half * (2 + half)));
      if (Variates.uniform(source) * (mean + x) > mean) {
        x = mean * mean / x;
      }
      if (x < CUT && x > 0) {
        return x;
      }
    }
  }
}
