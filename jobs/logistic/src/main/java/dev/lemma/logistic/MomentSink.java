// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ClassMomentsBuilder;
import dev.lemma.math.logistic.FoldMoments;
import dev.lemma.math.logistic.ScatterLayout;
import java.util.ArrayList;
import java.util.List;

/** Provisional: sums rows one by one. */
final class MomentSink {
  private final MomentShape shape;
  private final String label;
  private final List<List<double[]>> rows = new ArrayList<>();
  private int classes;

  MomentSink(MomentShape shape, Kernel kernel, String label) {
    this.shape = shape;
    this.label = label;
    for (int f = 0; f < shape.folds(); f++) {
      rows.add(new ArrayList<>());
    }
  }

  void add(LabelledRow row, double weight) {
    if (row.label() >= classes) {
      classes = row.label() + 1;
      if (classes > shape.mostClasses()) {
        throw shape.tooManyClasses(label, classes);
      }
    }
    double[] x = row.features().denseDoubles(shape.features());
    double[] stored = new double[x.length + 2];
    stored[0] = row.label();
    stored[1] = weight;
    System.arraycopy(x, 0, stored, 2, x.length);
    if (weight > 0) {
      rows.get(row.fold()).add(stored);
    }
  }

  FoldMoments finish(int classCount) {
    int k = Math.max(1, classCount);
    ScatterLayout layout = shape.layoutFor(classCount);
    List<ClassMoments> folds = new ArrayList<>();
    for (List<double[]> fold : rows) {
      ClassMomentsBuilder builder =
          new ClassMomentsBuilder(k, shape.features(), ScatterLayout.PER_CLASS);
      for (int c = 0; c < k; c++) {
        cell(builder, c, fold);
      }
      ClassMoments made = builder.build();
      folds.add(layout == ScatterLayout.POOLED ? made.pooled() : made);
    }
    return new FoldMoments(folds);
  }

  private void cell(ClassMomentsBuilder builder, int c, List<double[]> fold) {
    int d = shape.features();
    double n = 0;
    double q = 0;
    long count = 0;
    double[] mean = new double[d];
    for (double[] row : fold) {
      if (row[0] == c) {
        count++;
        n += row[1];
        q += row[1] * row[1];
        for (int j = 0; j < d; j++) {
          mean[j] += row[1] * row[2 + j];
        }
      }
    }
    if (count == 0) {
      return;
    }
    for (int j = 0; j < d; j++) {
      mean[j] /= n;
    }
    PackedSymmetric scatter = PackedSymmetric.zero(d);
    double[] third = new double[d];
    double fourth = 0;
    for (double[] row : fold) {
      if (row[0] == c) {
        double[] z = new double[d];
        double norm = 0;
        for (int j = 0; j < d; j++) {
          z[j] = row[2 + j] - mean[j];
          norm += z[j] * z[j];
        }
        scatter.addRankOneInPlace(row[1], z);
        for (int j = 0; j < d; j++) {
          third[j] += row[1] * norm * z[j];
        }
        fourth += row[1] * norm * norm;
      }
    }
    builder.cell(c, count, n, q, mean, new double[d]).scatter(c, scatter).higher(c, third, fourth);
  }
}
