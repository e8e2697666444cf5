// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.logistic.ClassMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows for the tests of this module. */
final class Samples {
  static final SparkSession SPARK = SharedSpark.session();

  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("day", DataTypes.StringType, true)
          .add("y", DataTypes.IntegerType, true)
          .add("w", DataTypes.DoubleType, true)
          .add("x", SQLDataTypes.VectorType(), true);

  private Samples() {}

  /**
   * n rows of d features in k classes that differ in their means; every third value is zero, and
   * rows are sparse and dense by turns. Days are 2026-11-01 and following, ten rows each in turn.
   */
  static Dataset<Row> rows(int n, int d, int k, int days) {
    SplittableRandom random = new SplittableRandom(n + 31L * d);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int label = i % k;
      double[] x = new double[d];
      for (int j = 0; j < d; j++) {
        x[j] = random.nextInt(3) == 0 ? 0 : random.nextGaussian() + (j == label ? 1 : 0);
      }
      Vector vector = i % 2 == 0 ? Vectors.dense(x) : Vectors.dense(x).toSparse();
      String day = String.format("2026-11-%02d", 1 + i / 10 % days);
      rows.add(RowFactory.create((long) i, day, label, 0.5 + random.nextDouble(), vector));
    }
    return frame(rows);
  }

  /** n rows of three features without any chance in them, made on the executors. */
  static Dataset<Row> waves(int n) {
    return SPARK
        .range(0, n, 1, 2)
        .selectExpr(
            "id", "int(id % 2) as y", "1 + id % 7 / 8.0D as w", "array(sin(id), cos(id), id) as x");
  }

  static Dataset<Row> frame(List<Row> rows) {
    return SPARK.createDataFrame(rows, SCHEMA);
  }

  static ColumnsConfig columns(String... features) {
    return new ColumnsConfig(
        Optional.of("id"), List.of(features), Optional.of("y"), Optional.of("w"), Optional.empty());
  }

  static LabelledRows labelled(Dataset<Row> rows) {
    return LabelledRows.of(
        rows, columns("x"), OptionalLong.empty(), WeightMeaning.IMPORTANCE, List.of());
  }

  /** Every number of the moments, by fold and class. */
  static List<Long> bits(Statistics statistics) {
    List<Long> bits = new ArrayList<>();
    for (ClassMoments fold : statistics.moments().folds()) {
      for (int k = 0; k < fold.classes(); k++) {
        bits.add(fold.rows(k));
        add(bits, fold.weight(k), fold.squaredWeight(k), fold.fourth(k));
        add(bits, fold.mean(k));
        add(bits, fold.meanRemainder(k));
        add(bits, fold.scatter(k).packed());
        add(bits, fold.third(k));
      }
    }
    return bits;
  }

  private static void add(List<Long> bits, double... values) {
    Arrays.stream(values).forEach(value -> bits.add(Double.doubleToRawLongBits(value)));
  }

  /** |a - b| / |b|, over the scatter of all classes of the total. */
  static double relativeError(ClassMoments a, ClassMoments b) {
    double difference = 0;
    double size = 0;
    for (int k = 0; k < b.classes(); k++) {
      double[] one = a.scatter(k).packed();
      double[] other = b.scatter(k).packed();
      for (int i = 0; i < other.length; i++) {
        difference += (one[i] - other[i]) * (one[i] - other[i]);
        size += other[i] * other[i];
      }
      double[] from = a.meanFrom(k, b.mean(k));
      double[] remainder = b.meanRemainder(k);
      for (int j = 0; j < from.length; j++) {
        difference += (from[j] - remainder[j]) * (from[j] - remainder[j]);
      }
    }
    return Math.sqrt(difference / size);
  }
}
