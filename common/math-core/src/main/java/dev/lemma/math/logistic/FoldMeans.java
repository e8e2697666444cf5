// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** Means over folds of different weight, and their standard errors from the spread of the folds. */
final class FoldMeans {
  private FoldMeans() {}

  static double mean(double[] values, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int f = 0; f < values.length; f++) {
      if (weights[f] > 0) {
        sum += weights[f] * values[f];
        total += weights[f];
      }
    }
    return sum / total;
  }

  /** sqrt(F / (F - 1) sum (W_f / W)^2 (v_f - mean)^2); NaN for fewer than two folds with weight. */
  static double error(double[] values, double[] weights) {
    double mean = mean(values, weights);
    double sum = 0;
    double total = 0;
    int folds = 0;
    for (int f = 0; f < values.length; f++) {
      if (weights[f] > 0) {
        double away = weights[f] * (values[f] - mean);
        sum += away * away;
        total += weights[f];
        folds++;
      }
    }
    return folds < 2 ? Double.NaN : Math.sqrt(folds / (folds - 1.0) * sum) / total;
  }

  static double[] difference(double[] a, double[] b) {
    double[] result = a.clone();
    for (int f = 0; f < result.length; f++) {
      result[f] -= b[f];
    }
    return result;
  }
}
