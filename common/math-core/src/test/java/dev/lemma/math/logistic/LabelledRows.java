// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Rows with class, fold and weight, and their moments by the definition in two passes. */
record LabelledRows(int classes, int features, List<Row> rows) {
  record Row(int fold, int k, double weight, double[] x) {}

  /** Correlated rows about a mean for each class, at an offset that takes no digits from them. */
  static LabelledRows random(long seed, int n, int classes, int features, double offset) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      int k = random.nextInt(classes);
      double common = grid(random);
      double[] x = new double[features];
      for (int j = 0; j < features; j++) {
        x[j] = offset + (j % 3 == 0 ? common : 0) + grid(random) * (1 + j % 4) + k * (j % 2);
      }
      rows.add(new Row(random.nextInt(3), k, 0.25 * (1 + random.nextInt(8)), x));
    }
    return new LabelledRows(classes, features, rows);
  }

  /** Numbers in -1 to 1 in steps of 2^-16, which an offset of 1e8 leaves as they are. */
  private static double grid(SplittableRandom random) {
    return random.nextInt(-65_536, 65_537) * 0x1p-16;
  }

  LabelledRows part(int from, int to) {
    return new LabelledRows(classes, features, rows.subList(from, to));
  }

  LabelledRows with(java.util.function.UnaryOperator<Row> change) {
    return new LabelledRows(classes, features, rows.stream().map(change).toList());
  }

  MomentShape shape(ScatterLayout layout) {
    return new MomentShape(3, classes, features, layout);
  }

  FoldMoments folds(ScatterLayout layout) {
    MomentAccumulator accumulator = MomentAccumulator.exact(shape(layout));
    addTo(accumulator);
    return accumulator.finish();
  }

  void addTo(MomentAccumulator accumulator) {
    for (Row row : rows) {
      accumulator.add(row.fold(), row.k(), row.weight(), row.x());
    }
  }

  ClassMoments moments(ScatterLayout layout) {
    return folds(layout).total();
  }

  /** By the definition, in two passes about the first value of each feature. */
  ClassMoments defined() {
    ClassMomentsBuilder builder =
        new ClassMomentsBuilder(classes, features, ScatterLayout.PER_CLASS);
    for (int k = 0; k < classes; k++) {
      int wanted = k;
      List<Row> mine = rows.stream().filter(row -> row.k() == wanted).toList();
      if (mine.isEmpty()) {
        continue;
      }
      double weight = 0;
      double squares = 0;
      double[] first = mine.get(0).x();
      double[] e = new double[features];
      for (Row row : mine) {
        weight += row.weight();
        squares += row.weight() * row.weight();
        for (int j = 0; j < features; j++) {
          e[j] += row.weight() * (row.x()[j] - first[j]);
        }
      }
      double[] packed = new double[PackedSymmetric.length(features)];
      double[] third = new double[features];
      double fourth = 0;
      for (Row row : mine) {
        double[] z = new double[features];
        double square = 0;
        for (int j = 0; j < features; j++) {
          z[j] = row.x()[j] - first[j] - e[j] / weight;
          square += z[j] * z[j];
        }
        for (int j = 0; j < features; j++) {
          third[j] += row.weight() * square * z[j];
          for (int i = 0; i <= j; i++) {
            packed[PackedSymmetric.index(i, j)] += row.weight() * z[i] * z[j];
          }
        }
        fourth += row.weight() * square * square;
      }
      double[] deviation = Arrays.stream(e).toArray();
      for (int j = 0; j < features; j++) {
        deviation[j] /= weight;
      }
      CellMean mean = CellMean.of(first).plus(deviation);
      builder.cell(k, mine.size(), weight, squares, mean.high(), mean.low());
      builder.scatter(k, PackedSymmetric.of(features, packed)).higher(k, third, fourth);
    }
    return builder.build();
  }
}
