// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;

/**
 * The Gaussian law of vectors of d numbers, N(mean, covariance). A draw takes d words and
 * d<sup>2</sup> / 2 steps. Immutable and thread-safe.
 */
public final class MultivariateNormal implements VectorLaw {
  private static final double LOG_TWO_PI = 1.8378770664093453;

  private final double[] mean;
  private final Cholesky factor;
  private final double logConstant;

  private MultivariateNormal(double[] mean, Cholesky factor) {
    this.mean = mean;
    this.factor = factor;
    logConstant = -0.5 * (mean.length * LOG_TWO_PI + factor.logDeterminant());
  }

  /**
   * N(mean, covariance).
   *
   * @param mean d finite numbers; copied
   * @param covariance d x d, positive definite
   * @throws IllegalArgumentException if it is not positive definite, or the orders differ
   */
  public static MultivariateNormal of(double[] mean, PackedSymmetric covariance) {
    return new MultivariateNormal(mean.clone(), Scale.factor("covariance", mean, covariance));
  }

  @Override
  public int dimension() {
    return mean.length;
  }

  @Override
  public void draw(KeyedSource source, double[] out, int at) {
    Variates.gaussians(source, out, at, mean.length);
    factor.colourInPlace(out, at);
    for (int j = 0; j < mean.length; j++) {
      out[at + j] += mean[j];
    }
  }

  @Override
  public double logDensity(double[] x, int at) {
    return logConstant - 0.5 * Scale.squaredDistance(factor, mean, x, at);
  }
}
