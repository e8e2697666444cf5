// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.PairwiseMerge;
import java.util.ArrayList;
import java.util.List;

/** Rows held as arrays: the passes of the iterative algorithms for tests, counted. */
final class RowsInMemory implements LogisticPasses {
  final int classes;
  final double[][] rows;
  final int[] labels;
  final double[] weights;
  final int[] folds;
  private final Gemm gemm;
  private int parts = 1;
  int passes;

  private RowsInMemory(int classes, double[][] rows, int[] labels, double[] weights, Gemm gemm) {
    this.classes = classes;
    this.rows = rows;
    this.labels = labels;
    this.weights = weights;
    this.gemm = gemm;
    folds = new int[rows.length];
    for (int i = 0; i < folds.length; i++) {
      folds[i] = i % 5;
    }
  }

  static RowsInMemory exact(int classes, double[][] rows, int[] labels) {
    return new RowsInMemory(classes, rows, labels, ones(rows.length), null);
  }

  static RowsInMemory fast(int classes, double[][] rows, int[] labels) {
    return new RowsInMemory(classes, rows, labels, ones(rows.length), new PlainGemm());
  }

  RowsInMemory weighted(double[] weights) {
    return new RowsInMemory(classes, rows, labels, weights, gemm);
  }

  RowsInMemory inParts(int count) {
    parts = count;
    return this;
  }

  int features() {
    return rows[0].length;
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public LikelihoodSums run(PassPlan plan) {
    passes++;
    List<LikelihoodSums> sums = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      LikelihoodAccumulator part =
          gemm == null ? LikelihoodAccumulator.exact(plan) : LikelihoodAccumulator.fast(plan, gemm);
      int from = (int) ((long) rows.length * p / parts);
      int to = (int) ((long) rows.length * (p + 1) / parts);
      for (int i = from; i < to; i++) {
        part.add(folds[i], labels[i], weights[i], rows[i], 0);
      }
      sums.add(part.finish());
    }
    return PairwiseMerge.of(sums, LikelihoodSums::merge);
  }

  ClassMoments moments() {
    ClassMomentsBuilder builder =
        new ClassMomentsBuilder(classes, features(), ScatterLayout.PER_CLASS);
    int d = features();
    for (int k = 0; k < classes; k++) {
      double weight = 0;
      double squares = 0;
      long count = 0;
      double[] mean = new double[d];
      for (int i = 0; i < rows.length; i++) {
        if (labels[i] == k && weights[i] > 0) {
          count++;
          weight += weights[i];
          squares += weights[i] * weights[i];
          for (int j = 0; j < d; j++) {
            mean[j] += (rows[i][j] - mean[j]) * weights[i] / weight;
          }
        }
      }
      if (count == 0) {
        continue;
      }
      dev.lemma.math.linalg.PackedSymmetric scatter = dev.lemma.math.linalg.PackedSymmetric.zero(d);
      double[] e = new double[d];
      for (int i = 0; i < rows.length; i++) {
        if (labels[i] == k && weights[i] > 0) {
          for (int j = 0; j < d; j++) {
            e[j] = rows[i][j] - mean[j];
          }
          scatter.addRankOneInPlace(weights[i], e);
        }
      }
      fill(builder, k, count, weight, squares, mean, scatter);
    }
    return builder.build();
  }

  private static void fill(
      ClassMomentsBuilder builder,
      int k,
      long count,
      double weight,
      double squares,
      double[] mean,
      dev.lemma.math.linalg.PackedSymmetric scatter) {
    builder.cell(k, count, weight, squares, mean, new double[mean.length]).scatter(k, scatter);
  }
}
