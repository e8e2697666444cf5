// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.probability.RatioLaw;

/**
 * Independent N(0, 1/k) entries: k times the squared ratio is a chi-square variable of k degrees,
 * whatever d.
 *
 * @param k rows of the matrix, 1 to 2^52
 */
public record ChiSquareLaw(long k) implements TailLaw {
  /** Checks the range. */
  public ChiSquareLaw {
    if (k < 1 || k > MAX_DIMENSION) {
      throw new IllegalArgumentException("k must lie in 1 to 2^52, found " + k);
    }
  }

  private RatioLaw law() {
    return RatioLaw.gamma(0.5 * k);
  }

  @Override
  public double logAbove(double excess) {
    return law().logAbove(excess);
  }

  @Override
  public double logBelow(double deficit) {
    return law().logBelow(-deficit);
  }

  @Override
  public double logBelowRatio(double squaredRatio) {
    return law().logBelowRatio(squaredRatio);
  }

  @Override
  public double logDensity(double squaredRatio) {
    return law().logDensity(squaredRatio);
  }

  @Override
  public double squaredQuantile(double p) {
    return law().quantile(p);
  }

  @Override
  public double squaredUpperQuantile(double p) {
    return law().upperQuantile(p);
  }

  /** 2 / k. */
  @Override
  public double variance() {
    return 2.0 / k;
  }
}
