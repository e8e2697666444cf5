// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * From scores to probabilities without overflow: P(k) = exp(s<sub>k</sub> - ln sum exp
 * s<sub>j</sub>). Scores of minus infinity are classes that cannot be, unless all are. Pure, O(K).
 */
public final class Softmax {
  private Softmax() {}

  /**
   * Replaces scores by probabilities.
   *
   * @param scores the first K are replaced; finite or minus infinity, not all of them
   * @param classes K
   */
  public static void inPlace(double[] scores, int classes) {
    double largest = largest(scores, classes);
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      scores[k] = Math.exp(scores[k] - largest);
      sum += scores[k];
    }
    for (int k = 0; k < classes; k++) {
      scores[k] /= sum;
    }
  }

  /** ln sum exp of the first K scores. */
  public static double logSum(double[] scores, int classes) {
    double largest = largest(scores, classes);
    double rest = 0;
    boolean seen = false;
    for (int k = 0; k < classes; k++) {
      // The largest term is 1 and is left to log1p, which keeps what the others add to it.
      if (!seen && scores[k] == largest) {
        seen = true;
      } else {
        rest += Math.exp(scores[k] - largest);
      }
    }
    return largest + Math.log1p(rest);
  }

  /**
   * The loss -ln P(k) of a row, at least 0, infinite for a class whose score is minus infinity.
   *
   * @param scores the first K count; left as they are
   * @param classes K
   * @param k the class of the row
   */
  public static double loss(double[] scores, int classes, int k) {
    double own = scores[k];
    if (own == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = largest(scores, classes);
    if (own == largest) {
      // Nothing of the small probabilities of the others is lost.
      double rest = 0;
      for (int j = 0; j < classes; j++) {
        rest += j == k ? 0 : Math.exp(scores[j] - own);
      }
      return Math.log1p(rest);
    }
    return logSum(scores, classes) - own;
  }

  private static double largest(double[] scores, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, scores[k]);
    }
    return largest;
  }
}
