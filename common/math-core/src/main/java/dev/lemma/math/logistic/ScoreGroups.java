// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * The distribution of a binary score by class as groups of rows with nearby scores, by ascending
 * score. The scores of group g lie in [lower, upper), or are all equal when the two are; for each
 * class the group has a weight, and the mean and variance of its scores.
 *
 * <p>Made by {@link ScoreSummary#groups}. Immutable and thread-safe; 64 bytes a group.
 */
public final class ScoreGroups {
  private final int size;
  private final double[] lower;
  private final double[] upper;
  // Class 0 of all groups, then class 1.
  private final double[] weight;
  private final double[] mean;
  private final double[] variance;
  private final double[] totals;
  private final double effectiveRows;

  /**
   * Takes the arrays as they are.
   *
   * @param weight by group, class 0 before class 1, as mean and variance
   */
  ScoreGroups(
      double[] lower,
      double[] upper,
      double[] weight,
      double[] mean,
      double[] variance,
      double effectiveRows) {
    this.size = lower.length;
    this.lower = lower;
    this.upper = upper;
    this.weight = weight;
    this.mean = mean;
    this.variance = variance;
    this.totals = new double[2];
    for (int i = 0; i < weight.length; i++) {
      totals[i < size ? 0 : 1] += weight[i];
    }
    this.effectiveRows = effectiveRows;
  }

  /** One group for each different score. */
  static ScoreGroups ofRows(ScoreSummary.HeldRow[] sorted, double squares) {
    int groups = 0;
    for (int i = 0; i < sorted.length; i++) {
      groups += i == 0 || sorted[i].score() != sorted[i - 1].score() ? 1 : 0;
    }
    double[] scores = new double[groups];
    double[] weights = new double[2 * groups];
    double total = 0;
    int g = -1;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i].score() != sorted[i - 1].score()) {
        scores[++g] = sorted[i].score();
      }
      weights[sorted[i].label() * groups + g] += sorted[i].weight();
      total += sorted[i].weight();
    }
    double[] means = Arrays.copyOf(scores, 2 * groups);
    System.arraycopy(scores, 0, means, groups, groups);
    return new ScoreGroups(
        scores, scores, weights, means, new double[2 * groups], effective(total, squares));
  }

  /** One group for each bin that holds anything. */
  static ScoreGroups ofBins(ScoreBins bins, double squares) {
    int all = ScoreBins.BINS;
    int[] used = new int[all];
    int groups = 0;
    double total = 0;
    for (int bin = 0; bin < all; bin++) {
      double inBin = bins.weight(0, bin) + bins.weight(1, bin);
      if (inBin > 0) {
        used[groups++] = bin;
        total += inBin;
      }
    }
    double[] lower = new double[groups];
    double[] upper = new double[groups];
    double[] weight = new double[2 * groups];
    double[] mean = new double[2 * groups];
    double[] variance = new double[2 * groups];
    for (int g = 0; g < groups; g++) {
      int bin = used[g];
      lower[g] = ScoreBins.lower(bin);
      upper[g] = ScoreBins.lower(bin + 1);
      double width = upper[g] - lower[g];
      for (int label = 0; label < 2; label++) {
        int to = label * groups + g;
        weight[to] = bins.weight(label, bin);
        if (weight[to] > 0) {
          double place = bins.first(label, bin) / weight[to];
          mean[to] = lower[g] + width * place;
          double square = bins.second(label, bin) / weight[to];
          variance[to] = width * width * Math.max(0, square - place * place);
        }
      }
    }
    return new ScoreGroups(lower, upper, weight, mean, variance, effective(total, squares));
  }

  /** Kish's number of rows of this weight and sum of squared weights; 0 without rows. */
  static double effective(double total, double squares) {
    return squares > 0 ? total / squares * total : 0;
  }

  /** Number of groups. */
  public int size() {
    return size;
  }

  /** The smallest score that a row of the group may have. */
  public double lower(int group) {
    return lower[group];
  }

  /** The score below which those of the group lie; {@link #lower} when they are all equal. */
  public double upper(int group) {
    return upper[group];
  }

  /** Weight of the rows of a class in a group. */
  public double weight(int group, int label) {
    return weight[label * size + group];
  }

  /** Mean score of the rows of a class in a group, when it has any weight. */
  public double mean(int group, int label) {
    return mean[label * size + group];
  }

  /** Variance of the scores of a class in a group about their mean. */
  public double variance(int group, int label) {
    return variance[label * size + group];
  }

  /** Weight of a class. */
  public double totalWeight(int label) {
    return totals[label];
  }

  /** Weight of both classes. */
  public double totalWeight() {
    return totals[0] + totals[1];
  }

  /** Kish's effective number of rows, (sum w)&sup2; / sum w&sup2;: the rows when weights agree. */
  public double effectiveRows() {
    return effectiveRows;
  }

  /** How many independent rows the weight stands for. */
  public double rows(WeightSemantics semantics) {
    return switch (semantics) {
      case IMPORTANCE -> effectiveRows;
      case FREQUENCY -> totalWeight();
    };
  }

  /**
   * The distribution of s z + t.
   *
   * @param scale s, positive and finite
   * @param offset t, finite
   */
  public ScoreGroups rescaled(double scale, double offset) {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY) || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "scores are rescaled by a positive scale and a finite offset, found "
              + scale
              + " and "
              + offset);
    }
    double[] variances = variance.clone();
    for (int i = 0; i < variances.length; i++) {
      variances[i] *= scale * scale;
    }
    double[] lowers = affine(lower, scale, offset);
    double[] uppers = upper == lower ? lowers : affine(upper, scale, offset);
    return new ScoreGroups(
        lowers, uppers, weight, affine(mean, scale, offset), variances, effectiveRows);
  }

  private static double[] affine(double[] values, double scale, double offset) {
    double[] moved = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      moved[i] = scale * values[i] + offset;
    }
    return moved;
  }

  /** Mean log-loss of the score; NaN without weight. */
  public double logLoss() {
    ScoreNodes nodes = ScoreNodes.of(this);
    double sum = 0;
    for (int i = 0; i < nodes.size(); i++) {
      sum += nodes.weight(i) * LogLoss.of(nodes.score(i), nodes.label(i));
    }
    return sum / totalWeight();
  }

  /** Mean of (P(1) - label)&sup2;; NaN without weight. */
  public double brier() {
    ScoreNodes nodes = ScoreNodes.of(this);
    double sum = 0;
    for (int i = 0; i < nodes.size(); i++) {
      // The distance to the label is the probability of the other class, small or not.
      double away = LogLoss.probability(nodes.label(i) == 1 ? -nodes.score(i) : nodes.score(i));
      sum += nodes.weight(i) * away * away;
    }
    return sum / totalWeight();
  }
}
