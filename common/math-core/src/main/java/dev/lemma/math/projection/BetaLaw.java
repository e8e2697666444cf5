// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.probability.RatioLaw;

/**
 * k orthonormal rows, Haar distributed, times sqrt(d / k): k / d times the squared ratio is a
 * Beta(k / 2, (d - k) / 2) variable, the share of a uniform unit vector's norm in k coordinates. At
 * k = d the matrix is a rotation and the ratio is 1.
 *
 * @param k rows of the matrix, 1 to d
 * @param d input dimension, at most 2^52
 */
public record BetaLaw(long k, long d) implements TailLaw {
  /** Checks the ranges. */
  public BetaLaw {
    if (d < 1 || d > MAX_DIMENSION) {
      throw new IllegalArgumentException("d must lie in 1 to 2^52, found " + d);
    }
    if (k < 1 || k > d) {
      throw new IllegalArgumentException("k must lie in 1 to d = " + d + ", found " + k);
    }
  }

  private boolean isRotation() {
    return k == d;
  }

  private RatioLaw law() {
    return RatioLaw.beta(0.5 * k, 0.5 * (d - k));
  }

  @Override
  public double logAbove(double excess) {
    return isRotation() ? Double.NEGATIVE_INFINITY : law().logAbove(excess);
  }

  @Override
  public double logBelow(double deficit) {
    return isRotation() ? Double.NEGATIVE_INFINITY : law().logBelow(-deficit);
  }

  @Override
  public double logBelowRatio(double squaredRatio) {
    return isRotation() ? Double.NEGATIVE_INFINITY : law().logBelowRatio(squaredRatio);
  }

  /** As {@link TailLaw}; at k = d plus infinity at 1 and minus infinity elsewhere. */
  @Override
  public double logDensity(double squaredRatio) {
    if (isRotation()) {
      return squaredRatio == 1 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return law().logDensity(squaredRatio);
  }

  @Override
  public double squaredQuantile(double p) {
    return isRotation() ? 1 : law().quantile(p);
  }

  @Override
  public double squaredUpperQuantile(double p) {
    return isRotation() ? 1 : law().upperQuantile(p);
  }

  /** 2 (d - k) / (k (d + 2)), 0 at k = d. */
  @Override
  public double variance() {
    return 2.0 * (d - k) / (k * (d + 2.0));
  }
}
