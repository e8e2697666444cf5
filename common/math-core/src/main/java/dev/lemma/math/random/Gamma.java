// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Exact gamma variates, and what is made of them: inverse gamma, chi-square. Density x<sup>shape -
 * 1</sup> e<sup>-x</sup> / Gamma(shape).
 *
 * <p>Rejection from a cubed Gaussian, at most 5 % refused; shapes below 1 by Gamma(shape + 1)
 * U<sup>1 / shape</sup>, in logarithms where asked, since small shapes give numbers below the range
 * of doubles.
 *
 * <p>Source: G. Marsaglia, W. W. Tsang, <em>A simple method for generating gamma variables</em>,
 * 2000, <a href="https://doi.org/10.1145/358407.358414">doi:10.1145/358407.358414</a>.
 */
public final class Gamma {
  private Gamma() {}

  /**
   * A gamma variate of scale 1.
   *
   * @param shape positive and finite
   * @return a number of at least 0; 0 where the variate is below the range of doubles
   * @throws IllegalArgumentException if the shape is not positive and finite
   */
  public static double draw(UniformRandomProvider source, double shape) {
    return shape < 1 ? StrictMath.exp(drawLog(source, shape)) : atLeastOne(source, shape);
  }

  /**
   * The logarithm of a gamma variate of scale 1.
   *
   * @param shape positive and finite
   * @throws IllegalArgumentException if the shape is not positive and finite
   */
  public static double drawLog(UniformRandomProvider source, double shape) {
    if (shape >= 1) {
      return StrictMath.log(atLeastOne(source, shape));
    }
    double larger = StrictMath.log(atLeastOne(source, check(shape) + 1));
    return larger - Variates.exponential(source) / shape;
  }

  /**
   * An inverse gamma variate, scale / Gamma(shape): density proportional to x<sup>-shape - 1</sup>
   * e<sup>-scale / x</sup>.
   *
   * @param shape positive and finite
   * @param scale positive and finite
   */
  public static double drawInverse(UniformRandomProvider source, double shape, double scale) {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "scale of an inverse gamma: expected a positive finite number, found " + scale);
    }
    return shape < 1
        ? scale * StrictMath.exp(-drawLog(source, shape))
        : scale / atLeastOne(source, shape);
  }

  /** A chi-square variate; degrees of freedom need not be whole. */
  public static double drawChiSquare(UniformRandomProvider source, double degrees) {
    return 2 * draw(source, degrees / 2);
  }

  private static double atLeastOne(UniformRandomProvider source, double shape) {
    double d = check(shape) - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = Variates.gaussian(source);
      double root = 1 + c * x;
      double v = root * root * root;
      if (v > 0
          && StrictMath.log(Variates.uniform(source))
              < 0.5 * x * x + d * (1 - v + StrictMath.log(v))) {
        return d * v;
      }
    }
  }

  private static double check(double shape) {
    if (!(shape > 0 && shape < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "shape of a gamma variate: expected a positive finite number, found " + shape);
    }
    return shape;
  }
}
