// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.probability.LogGamma;

/**
 * Student's law of vectors of d numbers: location + g sqrt(nu / s) with g ~ N(0, scale) and s
 * chi-square with nu degrees of freedom; given by its scale or by the inverse of it, as the mode of
 * a posterior and its curvature there are. A draw takes d<sup>2</sup> / 2 steps. For even nu up to
 * 64 s is -2 ln of a product of nu / 2 uniforms, so that a draw takes nu / 2 + d words (d + 1 of
 * odd d). Immutable and thread-safe.
 *
 * <p>Source: S. Kotz and S. Nadarajah, <em>Multivariate t Distributions and Their
 * Applications</em>, 2004, <a
 * href="https://doi.org/10.1017/CBO9780511550683">doi:10.1017/CBO9780511550683</a>.
 */
public final class MultivariateStudent implements VectorLaw {
  /** Above it a gamma variate takes fewer logarithms. */
  private static final int MOST_UNIFORMS = 32;

  private final double degrees;
  private final double[] location;
  private final Root root;
  private final double logConstant;

  /** A square root of the scale. */
  private sealed interface Root {
    /** Makes independent standard Gaussians, d numbers, Gaussians of this scale. */
    void colourInPlace(double[] gaussians);

    /** g' scale^-1 g. */
    double square(double[] gap);

    double logDeterminantOfScale();

    /** scale = U'U. */
    record OfScale(Cholesky factor) implements Root {
      @Override
      public void colourInPlace(double[] gaussians) {
        factor.colourInPlace(gaussians, 0);
      }

      @Override
      public double square(double[] gap) {
        factor.halfSolveInPlace(gap);
        double sum = 0;
        for (double value : gap) {
          sum += value * value;
        }
        return sum;
      }

      @Override
      public double logDeterminantOfScale() {
        return factor.logDeterminant();
      }
    }

    /** scale^-1 = U'U. */
    record OfPrecision(Cholesky factor, PackedSymmetric precision) implements Root {
      @Override
      public void colourInPlace(double[] gaussians) {
        factor.solveUpperInPlace(gaussians);
      }

      @Override
      public double square(double[] gap) {
        return precision.quadratic(gap);
      }

      @Override
      public double logDeterminantOfScale() {
        return -factor.logDeterminant();
      }
    }
  }

  private MultivariateStudent(double degrees, double[] location, Root root) {
    if (!(degrees > 0 && degrees < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "degrees of freedom: expected a positive finite number, found " + degrees);
    }
    this.degrees = degrees;
    this.location = location.clone();
    this.root = root;
    int d = location.length;
    logConstant =
        LogGamma.of((degrees + d) / 2)
            - LogGamma.of(degrees / 2)
            - d / 2.0 * StrictMath.log(degrees * Math.PI)
            - root.logDeterminantOfScale() / 2;
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
    return new MultivariateStudent(
        degrees, location, new Root.OfScale(Scale.factor("scale", location, scale)));
  }

  /**
   * Student's law with the inverse of a matrix as its scale.
   *
   * @param degrees nu, positive and finite
   * @param location d finite numbers; copied
   * @param precision d x d, positive definite; copied
   * @throws IllegalArgumentException if it is not positive definite, the orders differ, or nu is
   *     not positive
   */
  public static MultivariateStudent ofPrecision(
      double degrees, double[] location, PackedSymmetric precision) {
    return new MultivariateStudent(
        degrees,
        location,
        new Root.OfPrecision(Scale.factor("precision", location, precision), precision.copy()));
  }

  @Override
  public int dimension() {
    return location.length;
  }

  @Override
  public void draw(KeyedSource source, double[] out, int at) {
    double stretch = StrictMath.sqrt(degrees / chiSquare(source));
    double[] step = new double[location.length];
    Variates.gaussians(source, step, 0, step.length);
    for (int j = 0; j < step.length; j++) {
      step[j] *= stretch;
    }
    root.colourInPlace(step);
    for (int j = 0; j < step.length; j++) {
      out[at + j] = location[j] + step[j];
    }
  }

  private double chiSquare(KeyedSource source) {
    double pairs = degrees / 2;
    if (pairs > MOST_UNIFORMS || pairs != Math.rint(pairs)) {
      return Gamma.drawChiSquare(source, degrees);
    }
    double logs = 0;
    for (int i = 0; i < pairs; i++) {
      logs += StrictMath.log(Variates.uniform(source.nextLong()));
    }
    return -2 * logs;
  }

  @Override
  public double logDensity(double[] x, int at) {
    double[] gap = new double[location.length];
    for (int j = 0; j < gap.length; j++) {
      gap[j] = x[at + j] - location[j];
    }
    return logConstant
        - (degrees + location.length) / 2 * StrictMath.log1p(root.square(gap) / degrees);
  }
}
