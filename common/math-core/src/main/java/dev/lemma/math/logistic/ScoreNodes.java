// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;
import java.util.List;

/**
 * A distribution of scores as weighted points, over which smooth functions of the score are summed.
 * A group of one class with mean m and variance v becomes the two points m - sqrt(v) and m +
 * sqrt(v) with half its weight each, a quadrature that is exact up to the second power of the
 * score, and to the third where the group is symmetric; one point where v is nothing beside
 * m&sup2;.
 */
final class ScoreNodes {
  /** A spread below this share of |m| changes no sum of a thousand rows in its last digits. */
  private static final double NO_SPREAD = 1e-9;

  private double[] scores = new double[64];
  private double[] weights = new double[64];
  private byte[] labels = new byte[64];
  private int size;
  private final double totalWeight;
  private final double effectiveRows;

  private ScoreNodes(double totalWeight, double effectiveRows) {
    this.totalWeight = totalWeight;
    this.effectiveRows = effectiveRows;
  }

  /** The union of several distributions. */
  static ScoreNodes of(List<ScoreGroups> parts) {
    return of(GroupUnion.of(parts));
  }

  static ScoreNodes of(ScoreGroups groups) {
    ScoreNodes nodes = new ScoreNodes(groups.totalWeight(), groups.effectiveRows());
    for (int label = 0; label < 2; label++) {
      for (int g = 0; g < groups.size(); g++) {
        nodes.addGroup(
            groups.mean(g, label), groups.variance(g, label), groups.weight(g, label), label);
      }
    }
    return nodes;
  }

  int size() {
    return size;
  }

  double score(int i) {
    return scores[i];
  }

  double weight(int i) {
    return weights[i];
  }

  int label(int i) {
    return labels[i];
  }

  double totalWeight() {
    return totalWeight;
  }

  /** How many independent rows the weight stands for. */
  double rows(WeightSemantics semantics) {
    return switch (semantics) {
      case IMPORTANCE -> effectiveRows;
      case FREQUENCY -> totalWeight;
    };
  }

  private void addGroup(double mean, double variance, double weight, int label) {
    if (weight == 0) {
      return;
    }
    double spread = Math.sqrt(variance);
    if (spread <= NO_SPREAD * Math.abs(mean)) {
      addNode(mean, weight, label);
    } else {
      addNode(mean - spread, weight / 2, label);
      addNode(mean + spread, weight / 2, label);
    }
  }

  private void addNode(double score, double weight, int label) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
      labels = Arrays.copyOf(labels, 2 * size);
    }
    scores[size] = score;
    weights[size] = weight;
    labels[size] = (byte) label;
    size++;
  }
}
