// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The logarithmic loss of two classes as a function of the logit z, P(1) = 1 / (1 +
 * e<sup>-z</sup>). It is computed from z and never from the probability, so it needs no clipping:
 * it grows like |z| on the wrong side where the rounded probability is 0 or 1. Pure, O(1).
 */
public final class LogLoss {
  /** The smallest distance of a probability from 0 and 1 that {@link #logit} knows: 2^-52. */
  public static final double SMALLEST_PROBABILITY = 0x1p-52;

  private LogLoss() {}

  /**
   * -ln P(label), at least 0: ln(1 + e<sup>-z</sup>) for label 1, ln(1 + e<sup>z</sup>) for 0.
   *
   * @param z the logit; infinite ones give 0 or infinity
   * @param label 0 or 1
   */
  public static double of(double z, int label) {
    double wrong = label == 1 ? -z : z;
    return Math.max(wrong, 0) + logOnePlus(Math.exp(-Math.abs(wrong)));
  }

  /**
   * ln(1 + x) to the last digit or two, several times faster than {@link Math#log1p}: what rounding
   * took from u = 1 + x is given back by the derivative of ln u.
   *
   * @param x in [0, 1]
   */
  static double logOnePlus(double x) {
    double u = 1 + x;
    return Math.log(u) - ((u - 1) - x) / u;
  }

  /** 1 / (1 + e<sup>-z</sup>), with all digits however small; 0 and 1 for infinite z. */
  public static double probability(double z) {
    double small = Math.exp(-Math.abs(z));
    return z < 0 ? small / (1 + small) : 1 / (1 + small);
  }

  /**
   * ln p - ln(1 - p), for predictions that come as probabilities: p is brought into [2^-52, 1 -
   * 2^-52] first, which is what scikit-learn's {@code log_loss} does, so that a probability 0 or 1
   * costs at most 36.04.
   *
   * @param probability in [0, 1]; NaN gives NaN
   */
  public static double logit(double probability) {
    if (probability < 0 || probability > 1) {
      throw new IllegalArgumentException("a probability must lie in [0, 1], found " + probability);
    }
    double inside = Math.min(Math.max(probability, SMALLEST_PROBABILITY), 1 - SMALLEST_PROBABILITY);
    return Math.log(inside) - Math.log1p(-inside);
  }
}
