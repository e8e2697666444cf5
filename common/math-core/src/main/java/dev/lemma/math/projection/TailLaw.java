// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.probability.LogDomain;

/**
 * The law of the squared-norm ratio ||Rx||^2 / ||x||^2 of a random matrix R (k x d) with E[R'R] =
 * I: mean 1, the same for every fixed x other than 0.
 *
 * <p>Probabilities are natural logarithms, accurate to 12 digits however small (see {@link
 * dev.lemma.math.probability.RatioLaw}). A ratio on the scale {@link DistanceScale#UNSQUARED} is
 * ||Rx|| / ||x||.
 */
public sealed interface TailLaw permits ChiSquareLaw, BetaLaw {
  /** Largest k or d that a law accepts: half of it must be exact as a double. */
  long MAX_DIMENSION = 1L << 52;

  /** Number of rows of the matrix. */
  long k();

  /**
   * ln P(squared ratio &gt; 1 + excess).
   *
   * @param excess at least 0
   */
  double logAbove(double excess);

  /**
   * ln P(squared ratio &lt; 1 - deficit).
   *
   * @param deficit in [0, 1]
   */
  double logBelow(double deficit);

  /**
   * ln P(squared ratio &lt; r), with all digits for r near 0, where {@link #logBelow} has lost them
   * in its argument.
   *
   * @param squaredRatio r, in [0, 1]
   */
  double logBelowRatio(double squaredRatio);

  /** ln of the density of the squared ratio; minus infinity outside the open support. */
  double logDensity(double squaredRatio);

  /** The squared ratio r with P(squared ratio &lt; r) = p, p in [0, 1]. */
  double squaredQuantile(double p);

  /** The squared ratio r with P(squared ratio &gt; r) = p, p in [0, 1], for p near 0. */
  double squaredUpperQuantile(double p);

  /** Variance of the squared ratio. */
  double variance();

  /**
   * ln P(ratio outside [1 - eps, 1 + eps]), both tails.
   *
   * @param eps in (0, 1)
   */
  default double logOutside(double eps, DistanceScale scale) {
    JlBounds.checkProbability("eps", eps);
    double deficit = scale.deficit(eps);
    double below = deficit < 0.5 ? logBelow(deficit) : logBelowRatio(scale.smallest(eps));
    return LogDomain.sum(logAbove(scale.excess(eps)), below);
  }

  /**
   * P(ratio outside [1 - eps, 1 + eps]): the expected share of pairs that are distorted more.
   *
   * @param eps in (0, 1)
   */
  default double shareOutside(double eps, DistanceScale scale) {
    return Math.exp(logOutside(eps, scale));
  }

  /** ln of the density of the ratio on a scale: f(s^2) 2s for unsquared distances. */
  default double logDensity(double ratio, DistanceScale scale) {
    return switch (scale) {
      case SQUARED -> logDensity(ratio);
      case UNSQUARED ->
          ratio > 0
              ? logDensity(ratio * ratio) + LogDomain.LN_2 + Math.log(ratio)
              : Double.NEGATIVE_INFINITY;
    };
  }

  /**
   * The central interval that holds the ratio with a probability.
   *
   * @param probability in (0, 1); (1 - probability) / 2 lies on either side
   */
  default Interval interval(double probability, DistanceScale scale) {
    double side = (1 - JlBounds.checkProbability("probability", probability)) / 2;
    double lower = squaredQuantile(side);
    double upper = squaredUpperQuantile(side);
    return switch (scale) {
      case SQUARED -> new Interval(lower, upper);
      case UNSQUARED -> new Interval(Math.sqrt(lower), Math.sqrt(upper));
    };
  }

  /** A closed interval of ratios. */
  record Interval(double lower, double upper) {}
}
