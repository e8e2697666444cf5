// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All thresholds of a binary score at which the counts are known exactly, from the highest, which
 * takes no row, to the lowest, which takes all: the scores themselves while they are known one by
 * one, the edges of the bins beyond. It is the table of precision, recall and cost, and the ROC and
 * precision-recall curves to plot.
 */
public final class ThresholdTable {
  private final List<Threshold> thresholds;

  private ThresholdTable(List<Threshold> thresholds) {
    this.thresholds = List.copyOf(thresholds);
  }

  /** The thresholds of a distribution. O(groups). */
  public static ThresholdTable of(ScoreGroups groups) {
    double positives = groups.totalWeight(1);
    double negatives = groups.totalWeight(0);
    List<Threshold> thresholds = new ArrayList<>(groups.size() + 1);
    thresholds.add(new Threshold(Double.POSITIVE_INFINITY, 0, 0, positives, negatives));
    double ones = 0;
    double zeros = 0;
    for (int g = groups.size() - 1; g >= 0; g--) {
      ones += groups.weight(g, 1);
      zeros += groups.weight(g, 0);
      // Rounding may leave a little below 0 at the end.
      thresholds.add(
          new Threshold(
              groups.lower(g),
              ones,
              zeros,
              g == 0 ? 0 : Math.max(0, positives - ones),
              g == 0 ? 0 : Math.max(0, negatives - zeros)));
    }
    return new ThresholdTable(thresholds);
  }

  /** All thresholds, from the highest. */
  public List<Threshold> all() {
    return thresholds;
  }

  /**
   * At most so many of them, the first and the last included, spread evenly along the ROC curve.
   *
   * @param most at least 2
   */
  public List<Threshold> spread(int most) {
    if (most < 2) {
      throw new IllegalArgumentException("a curve has at least 2 points, found " + most);
    }
    if (thresholds.size() <= most) {
      return thresholds;
    }
    List<Threshold> chosen = new ArrayList<>(most);
    Threshold last = thresholds.get(thresholds.size() - 1);
    double length = last.recall() + last.falsePositiveRate();
    for (Threshold threshold : thresholds) {
      double along = threshold.recall() + threshold.falsePositiveRate();
      if (chosen.size() < most - 1 && along * (most - 1) >= length * chosen.size()) {
        chosen.add(threshold);
      }
    }
    chosen.add(last);
    return List.copyOf(chosen);
  }

  /**
   * The threshold nearest to this one among those known exactly: that with the lowest logit at or
   * above it, or the lowest of all.
   *
   * @param logit not NaN
   */
  public Threshold at(double logit) {
    Threshold found = thresholds.get(0);
    for (Threshold threshold : thresholds) {
      if (threshold.logit() < logit) {
        break;
      }
      found = threshold;
    }
    return found;
  }

  /** The threshold with the largest {@link Threshold#f1}, the highest among equals. */
  public Threshold bestF1() {
    return best(Threshold::f1);
  }

  /** The threshold with the largest {@link Threshold#youden}, the highest among equals. */
  public Threshold bestYouden() {
    return best(Threshold::youden);
  }

  /**
   * The threshold with the smallest mean cost, the highest among equals.
   *
   * @param falsePositive cost of a row of class 0 that is taken, at least 0
   * @param falseNegative cost of a row of class 1 that is not, at least 0
   */
  public Threshold cheapest(double falsePositive, double falseNegative) {
    if (!(falsePositive >= 0 && falseNegative >= 0)) {
      throw new IllegalArgumentException(
          "costs must be at least 0, found " + falsePositive + " and " + falseNegative);
    }
    return best(threshold -> -threshold.cost(falsePositive, falseNegative));
  }

  private Threshold best(ToDoubleFunction<Threshold> worth) {
    Threshold best = thresholds.get(0);
    for (Threshold threshold : thresholds) {
      if (worth.applyAsDouble(threshold) > worth.applyAsDouble(best)) {
        best = threshold;
      }
    }
    return best;
  }
}
