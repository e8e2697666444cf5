// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * From a population in which the classes are mixed one way, such as a sample in which the frequent
 * class was thinned out, to one in which they are mixed another way, while the rows of a class stay
 * alike. Scores of class k gain ln(to<sub>k</sub> / from<sub>k</sub>), and a row of class k of the
 * first population stands for to<sub>k</sub> / from<sub>k</sub> rows of the second when predictions
 * are evaluated.
 *
 * <p>It comes after calibration, which is fitted on rows of the first population.
 *
 * <p>G. King, L. Zeng, <em>Logistic regression in rare events data</em>, 2001, <a
 * href="https://doi.org/10.1093/oxfordjournals.pan.a004868">
 * doi:10.1093/oxfordjournals.pan.a004868</a>.
 */
public final class PriorCorrection {
  private final double[] factors;

  private PriorCorrection(double[] factors) {
    this.factors = factors;
  }

  /**
   * The correction between two mixtures; the scale of either does not matter.
   *
   * @param from K shares, positive and finite
   * @param to K shares, at least 0 and finite, not all 0
   * @throws IllegalArgumentException if they are not as said
   */
  public static PriorCorrection of(double[] from, double[] to) {
    if (from.length != to.length) {
      throw new IllegalArgumentException(
          "priors must be given for the same classes, found " + from.length + " and " + to.length);
    }
    double fromSum = 0;
    double toSum = 0;
    for (int k = 0; k < from.length; k++) {
      if (!(from[k] > 0 && from[k] < Double.POSITIVE_INFINITY)
          || !(to[k] >= 0 && to[k] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "a class must have a positive share to correct from and one of at least 0 to correct"
                + " to, found for class "
                + k
                + ": "
                + from[k]
                + " and "
                + to[k]);
      }
      fromSum += from[k];
      toSum += to[k];
    }
    if (!(toSum > 0)) {
      throw new IllegalArgumentException("the shares to correct to are all 0");
    }
    double[] factors = new double[from.length];
    for (int k = 0; k < factors.length; k++) {
      factors[k] = to[k] / toSum / (from[k] / fromSum);
    }
    return new PriorCorrection(factors);
  }

  /** K. */
  public int classes() {
    return factors.length;
  }

  /** What the score of a class gains; minus infinity for a class that is no more. */
  public double offset(int label) {
    return Math.log(factors[label]);
  }

  /** How many rows of the new population a row of this class stands for. */
  public double rowWeight(int label) {
    return factors[label];
  }

  /** Corrects the K scores of a row. */
  public void applyInPlace(double[] scores) {
    for (int k = 0; k < factors.length; k++) {
      scores[k] += offset(k);
    }
  }

  /** A distribution of logits as it would be in the new population, corrected; two classes. */
  public ScoreGroups apply(ScoreGroups groups) {
    if (factors.length != 2) {
      throw new IllegalArgumentException(
          "a distribution of logits is corrected between 2 classes, found " + factors.length);
    }
    return groups.rescaled(1, offset(1) - offset(0)).reweighted(factors[0], factors[1]);
  }
}
