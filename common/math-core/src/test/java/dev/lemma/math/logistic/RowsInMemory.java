// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.PairwiseMerge;
import dev.lemma.math.linalg.PlainGemm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

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
    Arrays.fill(ones, 1);
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
    return TwoPassMoments.of(rows, labels, weights, classes, ScatterLayout.PER_CLASS);
  }

  Design design() {
    return Design.of(moments());
  }

  /** A set of scikit-learn's, in its own units. */
  static RowsInMemory named(String set) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(RowsInMemory.class.getResourceAsStream(set + ".csv.gz")),
                StandardCharsets.US_ASCII))) {
      double[][] lines =
          reader
              .lines()
              .map(line -> Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray())
              .toArray(double[][]::new);
      int[] labels = Stream.of(lines).mapToInt(line -> (int) line[line.length - 1]).toArray();
      double[][] rows =
          Stream.of(lines).map(l -> Arrays.copyOf(l, l.length - 1)).toArray(double[][]::new);
      return exact(Arrays.stream(labels).max().orElseThrow() + 1, rows, labels);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  double meanLoss(LinearModel model) {
    double[] p = new double[classes];
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      model.probabilities(rows[i], p);
      sum -= Math.log(Math.max(p[labels[i]], 1e-15));
    }
    return sum / rows.length;
  }

  double accuracy(LinearModel model) {
    double[] p = new double[classes];
    int right = 0;
    for (int i = 0; i < rows.length; i++) {
      model.probabilities(rows[i], p);
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = p[k] > p[best] ? k : best;
      }
      right += best == labels[i] ? 1 : 0;
    }
    return (double) right / rows.length;
  }
}
