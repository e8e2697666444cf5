// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.ExactSums;

/** Exact weights of rows by actual and predicted class, as a {@link ConfusionMatrix} needs them. */
final class ConfusionCounts {
  private final int classes;
  private final boolean full;
  // All cells, row-major; or, for many classes: actual, predicted, hits.
  private final ExactSums weights;

  ConfusionCounts(int classes) {
    this(classes, null);
  }

  private ConfusionCounts(int classes, ExactSums weights) {
    this.classes = classes;
    full = classes <= ConfusionMatrix.MOST_CLASSES;
    int size = full ? classes * classes : 3 * classes;
    this.weights = weights == null ? new ExactSums(size) : weights;
    if (this.weights.size() != size) {
      throw new IllegalArgumentException("not the state of confusion counts");
    }
  }

  static ConfusionCounts of(int classes, long[] state) {
    return new ConfusionCounts(classes, ExactSums.of(state));
  }

  void add(int actual, int predicted, double weight) {
    if (full) {
      weights.add(actual * classes + predicted, weight);
      return;
    }
    weights.add(actual, weight);
    weights.add(classes + predicted, weight);
    if (actual == predicted) {
      weights.add(2 * classes + actual, weight);
    }
  }

  void merge(ConfusionCounts other) {
    weights.merge(other.weights);
  }

  long[] toLongs() {
    return weights.toLongs();
  }

  ConfusionMatrix matrix() {
    double[] actual = new double[classes];
    double[] predicted = new double[classes];
    double[] hits = new double[classes];
    double[] cells = new double[full ? classes * classes : 0];
    for (int i = 0; i < weights.size(); i++) {
      double weight = weights.value(i);
      if (full) {
        cells[i] = weight;
        actual[i / classes] += weight;
        predicted[i % classes] += weight;
        hits[i / classes] += i / classes == i % classes ? weight : 0;
      } else if (i < classes) {
        actual[i] = weight;
      } else if (i < 2 * classes) {
        predicted[i - classes] = weight;
      } else {
        hits[i - 2 * classes] = weight;
      }
    }
    return new ConfusionMatrix(cells, actual, predicted, hits);
  }
}
