// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * The log likelihood of one row as a function of its linear predictor z, with its first two
 * derivatives; {@link StrictMath} throughout.
 */
final class Link {
  /** Log likelihood at the last call of {@link #at}. */
  double value;

  /** Its derivative in z. */
  double slope;

  /** Minus its second derivative in z, at least 0. */
  double curvature;

  private final Likelihood likelihood;

  Link(Likelihood likelihood) {
    this.likelihood = likelihood;
  }

  /** The log likelihood alone. */
  static double value(Likelihood likelihood, double z, double label) {
    return switch (likelihood) {
      case LOGISTIC -> {
        double wrong = label == 1 ? -z : z;
        yield -(Math.max(wrong, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(wrong))));
      }
      case PROBIT -> NormalTail.logBelow(label == 1 ? z : -z);
      // A count of 0 says nothing about an infinite exponent's sign: 0 * infinity must not occur.
      case POISSON -> (label == 0 ? 0 : label * z) - StrictMath.exp(z);
      case LINEAR, SOFTMAX -> throw new IllegalArgumentException(likelihood + " has no such link");
    };
  }

  /** Sets value, slope and curvature. */
  void at(double z, double label) {
    value = value(likelihood, z, label);
    switch (likelihood) {
      case LOGISTIC -> {
        double small = StrictMath.exp(-Math.abs(z));
        double p = z < 0 ? small / (1 + small) : 1 / (1 + small);
        slope = label - p;
        curvature = small / ((1 + small) * (1 + small));
      }
      case PROBIT -> {
        double sign = label == 1 ? 1 : -1;
        double ratio = NormalTail.hazardBelow(sign * z);
        slope = sign * ratio;
        curvature = Math.max(0, ratio * (ratio + sign * z));
      }
      case POISSON -> {
        double mean = StrictMath.exp(z);
        slope = label - mean;
        curvature = mean;
      }
      case LINEAR, SOFTMAX -> throw new IllegalArgumentException(likelihood + " has no such link");
    }
  }
}
