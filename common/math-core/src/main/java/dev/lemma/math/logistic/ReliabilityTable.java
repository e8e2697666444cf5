// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;

/**
 * Predicted probabilities beside observed frequencies: rows are put together by predicted
 * probability, and in each part the mean prediction should be the share of class 1.
 *
 * <p>Parts are made of whole groups of scores, so that with a histogram the limits of parts are
 * edges of its bins. A group belongs to the part in which its mean prediction, or the middle of its
 * weight, lies.
 *
 * @param parts those with any weight, by ascending prediction
 */
public record ReliabilityTable(List<Part> parts) {
  /**
   * Rows with similar predictions.
   *
   * @param weight their weight
   * @param predicted their mean predicted probability of class 1
   * @param observed share of class 1 among them
   * @param effectiveRows how many rows their weight stands for, were weights spread evenly
   */
  public record Part(double weight, double predicted, double observed, double effectiveRows) {}

  /** Copies the list. */
  public ReliabilityTable {
    parts = List.copyOf(parts);
  }

  /**
   * Parts of equal weight, as nearly as whole groups allow.
   *
   * @param groups logits of class 1
   * @param bins number of parts, at least 1
   */
  public static ReliabilityTable ofEqualWeight(ScoreGroups groups, int bins) {
    return new Collector(groups, bins).collectByWeight();
  }

  /** Expected calibration error: the mean over all rows of |observed - predicted| of their part. */
  public double calibrationError() {
    double sum = 0;
    double weight = 0;
    for (Part part : parts) {
      sum += part.weight * Math.abs(part.observed - part.predicted);
      weight += part.weight;
    }
    return sum / weight;
  }

  private static final class Collector {
    private final ScoreGroups groups;
    private final int bins;
    private final double[] weights;
    private final double[] predictions;
    private final double[] ones;

    Collector(ScoreGroups groups, int bins) {
      if (bins < 1) {
        throw new IllegalArgumentException(
            "a reliability table has at least 1 part, found " + bins);
      }
      this.groups = groups;
      this.bins = bins;
      weights = new double[bins];
      predictions = new double[bins];
      ones = new double[bins];
    }

    ReliabilityTable collectByWeight() {
      double below = 0;
      for (int g = 0; g < groups.size(); g++) {
        double weight = groups.weight(g, 0) + groups.weight(g, 1);
        add(g, weight, prediction(g), (below + weight / 2) / groups.totalWeight());
        below += weight;
      }
      return table();
    }

    /** Sum of the probabilities of a group. */
    private double prediction(int g) {
      double sum = 0;
      for (int label = 0; label < 2; label++) {
        double spread = Math.sqrt(groups.variance(g, label));
        double mean = groups.mean(g, label);
        double both = LogLoss.probability(mean - spread) + LogLoss.probability(mean + spread);
        sum += groups.weight(g, label) * 0.5 * both;
      }
      return sum;
    }

    private void add(int g, double weight, double prediction, double place) {
      int bin = (int) Math.max(0, Math.min(bins - 1, Math.floor(place * bins)));
      weights[bin] += weight;
      predictions[bin] += prediction;
      ones[bin] += groups.weight(g, 1);
    }

    private ReliabilityTable table() {
      List<Part> parts = new ArrayList<>(bins);
      double rowsPerWeight = groups.effectiveRows() / groups.totalWeight();
      for (int bin = 0; bin < bins; bin++) {
        if (weights[bin] > 0) {
          parts.add(
              new Part(
                  weights[bin],
                  predictions[bin] / weights[bin],
                  ones[bin] / weights[bin],
                  weights[bin] * rowsPerWeight));
        }
      }
      return new ReliabilityTable(parts);
    }
  }
}
