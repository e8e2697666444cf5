// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.probability.LogGamma;

/**
 * Student's law of vectors of d numbers: location + g sqrt(nu / s) with g ~ N(0, scale) and s
 * chi-square with nu degrees of freedom. Immutable and thread-safe.
 */
public final class MultivariateStudent implements VectorLaw {
  private final double degrees;
  private final double[] location;
  private final Cholesky factor;
  private final double logConstant;

  private MultivariateStudent(double degrees, double[] location, Cholesky factor) {
    this.degrees = degrees;
    this.location = location;
    this.factor = factor;
    int d = location.length;
    logConstant =
        LogGamma.of((degrees + d) / 2)
            - LogGamma.of(degrees / 2)
            - 0.5 * (d * StrictMath.log(degrees * Math.PI) + factor.logDeterminant());
  }

  /**
   * Student's law.
   *
   * @param degrees nu, positive and finite
   * @param location d finite numbers; copied
   * @param scale d x d, positive definite; the covariance is nu / (nu - 2) times it for nu &gt; 2
   * @throws IllegalArgumentException if it is not positive definite, the orders differ, or nu is
   *     not positive
   */
  public static MultivariateStudent of(double degrees, double[] location, PackedSymmetric scale) {
    if (!(degrees > 0 && degrees < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "degrees of freedom: expected a positive finite number, found " + degrees);
    }
    return new MultivariateStudent(
        degrees, location.clone(), Scale.factor("scale", location, scale));
  }

  @Override
  public int dimension() {
    return location.length;
  }

  @Override
  public void draw(KeyedSource source, double[] out, int at) {
    Variates.gaussians(source, out, at, location.length);
    factor.colourInPlace(out, at);
    double stretch = StrictMath.sqrt(degrees / Gamma.drawChiSquare(source, degrees));
    for (int j = 0; j < location.length; j++) {
      out[at + j] = location[j] + stretch * out[at + j];
    }
  }

  @Override
  public double logDensity(double[] x, int at) {
    double distance = Scale.squaredDistance(factor, location, x, at);
    return logConstant - 0.5 * (degrees + location.length) * StrictMath.log1p(distance / degrees);
  }
}
