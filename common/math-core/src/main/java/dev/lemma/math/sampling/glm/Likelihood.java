// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * How the label y of a row depends on its linear predictor z = x'b. Terms that do not depend on b
 * are left out of every log likelihood.
 */
public enum Likelihood {
  /** y is Gaussian around z with one unknown standard deviation. */
  LINEAR,
  /** y in {0, 1}, P(1) = 1 / (1 + e<sup>-z</sup>). */
  LOGISTIC,
  /** y in {0, 1}, P(1) = Phi(z). */
  PROBIT,
  /** y in {0, 1, 2, ...}, a Poisson count of mean e<sup>z</sup>. */
  POISSON,
  /**
   * y in {0, ..., K - 1}, P(k) proportional to e<sup>z_k</sup>, z_k = x'b_k with b_0 = 0: class 0
   * is the one that the others are compared with.
   */
  SOFTMAX;

  /** Whether a row may have this label. */
  public boolean accepts(double label, int classes) {
    return switch (this) {
      case LINEAR -> Math.abs(label) <= Double.MAX_VALUE;
      case LOGISTIC, PROBIT -> label == 0 || label == 1;
      case POISSON -> label >= 0 && label == Math.rint(label) && label <= Double.MAX_VALUE;
      case SOFTMAX -> label >= 0 && label == Math.rint(label) && label < classes;
    };
  }

  /** The labels that rows may have, in words. */
  public String labels() {
    return switch (this) {
      case LINEAR -> "a finite number";
      case LOGISTIC, PROBIT -> "0 or 1";
      case POISSON -> "0, 1, 2, ...";
      case SOFTMAX -> "0, 1, ..., K - 1";
    };
  }
}
