// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/** Class moments by the definition: means first, then sums about them. Fine for small tests. */
final class TwoPassMoments {
  private TwoPassMoments() {}

  static ClassMoments of(double[][] rows, int[] labels, int classes) {
    double[] ones = new double[rows.length];
    Arrays.fill(ones, 1);
    return of(rows, labels, ones, classes, ScatterLayout.PER_CLASS);
  }

  static ClassMoments of(
      double[][] rows, int[] labels, double[] weights, int classes, ScatterLayout layout) {
    int d = rows[0].length;
    ClassMomentsBuilder builder = new ClassMomentsBuilder(classes, d, layout);
    PackedSymmetric pooled = PackedSymmetric.zero(d);
    for (int k = 0; k < classes; k++) {
      long count = 0;
      double weight = 0;
      double squared = 0;
      // About the first row, so that a large offset costs nothing.
      double[] pilot = null;
      double[] shift = new double[d];
      for (int i = 0; i < rows.length; i++) {
        if (labels[i] == k && weights[i] != 0) {
          pilot = pilot == null ? rows[i] : pilot;
          count++;
          weight += weights[i];
          squared += weights[i] * weights[i];
          for (int j = 0; j < d; j++) {
            shift[j] += weights[i] * (rows[i][j] - pilot[j]);
          }
        }
      }
      if (count == 0) {
        continue;
      }
      double[] zero = new double[d];
      for (int j = 0; j < d; j++) {
        shift[j] /= weight;
      }
      CellMean mean = CellMean.of(pilot).plus(shift);
      builder.cell(k, count, weight, squared, mean.high(), mean.low());
      PackedSymmetric scatter = PackedSymmetric.zero(d);
      double[] third = zero.clone();
      double fourth = 0;
      for (int i = 0; i < rows.length; i++) {
        if (labels[i] == k && weights[i] != 0) {
          double[] z = new double[d];
          double norm = 0;
          for (int j = 0; j < d; j++) {
            z[j] = rows[i][j] - pilot[j] - shift[j];
            norm += z[j] * z[j];
          }
          scatter.addRankOneInPlace(weights[i], z);
          for (int j = 0; j < d; j++) {
            third[j] += weights[i] * norm * z[j];
          }
          fourth += weights[i] * norm * norm;
        }
      }
      if (layout == ScatterLayout.PER_CLASS) {
        builder.scatter(k, scatter);
        builder.higher(k, third, fourth);
      }
      pooled.addScaledInPlace(1, scatter);
    }
    if (layout == ScatterLayout.POOLED) {
      builder.pooledScatter(pooled);
    }
    return builder.build();
  }

  /**
   * Gaussian rows of classes that take turns: row i is of class i modulo K. Class k has its mean at
   * k times (1, -0.5, 0.25, ...), and every feature takes part of the one before.
   */
  static double[][] gaussians(int n, int d, int classes, long seed) {
    StreamKey key = StreamKey.of(seed, "test/two-pass-moments");
    long[] words = new long[4];
    double[] four = new double[4];
    double[][] rows = new double[n][d];
    for (int i = 0; i < n; i++) {
      double before = 0;
      for (int j = 0; j < d; j++) {
        key.block(i, j, 0, 0, words);
        Variates.gaussians(words, four, 0);
        before = four[0] + 0.6 * before;
        rows[i][j] = before + i % classes * Math.pow(-0.5, j);
      }
    }
    return rows;
  }

  static int[] turns(int n, int classes) {
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i % classes);
    return labels;
  }
}
