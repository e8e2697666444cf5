// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * What happens to rows of two classes when those with a score of at least a threshold are taken for
 * class 1. Counts are weights. A ratio whose denominator is 0 is 0.
 *
 * @param logit the threshold; plus infinity takes none
 * @param truePositives weight of class 1 at or above it
 * @param falsePositives weight of class 0 at or above it
 * @param falseNegatives weight of class 1 below it
 * @param trueNegatives weight of class 0 below it
 */
public record Threshold(
    double logit,
    double truePositives,
    double falsePositives,
    double falseNegatives,
    double trueNegatives) {

  /** The threshold as a probability of class 1. */
  public double probability() {
    return LogLoss.probability(logit);
  }

  /** Share of class 1 among what is taken. */
  public double precision() {
    return ratio(truePositives, truePositives + falsePositives);
  }

  /** Share of class 1 that is taken; also the true positive rate of the ROC curve. */
  public double recall() {
    return ratio(truePositives, truePositives + falseNegatives);
  }

  /** Share of class 0 that is taken. */
  public double falsePositiveRate() {
    return ratio(falsePositives, falsePositives + trueNegatives);
  }

  /** Share of all that is decided rightly. */
  public double accuracy() {
    return ratio(
        truePositives + trueNegatives,
        truePositives + trueNegatives + falsePositives + falseNegatives);
  }

  /** Harmonic mean of precision and recall. */
  public double f1() {
    return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  /** Youden's J, recall - false positive rate. */
  public double youden() {
    return recall() - falsePositiveRate();
  }

  /**
   * Mean cost of a row.
   *
   * @param falsePositive cost of a row of class 0 that is taken
   * @param falseNegative cost of a row of class 1 that is not
   */
  public double cost(double falsePositive, double falseNegative) {
    return ratio(
        falsePositive * falsePositives + falseNegative * falseNegatives,
        truePositives + trueNegatives + falsePositives + falseNegatives);
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}
