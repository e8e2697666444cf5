// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.testing.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows as Spark ML's stages take them. */
final class StageSamples {
  static final SparkSession SPARK = SharedSpark.session();

  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("label", DataTypes.DoubleType, true)
          .add("weight", DataTypes.DoubleType, true)
          .add("features", SQLDataTypes.VectorType(), true);

  private StageSamples() {}

  /** One row. */
  static Row row(long id, Double label, Double weight, Vector features) {
    return RowFactory.create(id, label, weight, features);
  }

  static Dataset<Row> frame(List<Row> rows) {
    return SPARK.createDataFrame(rows, SCHEMA);
  }

  /** n rows of d features, two of five of them 0, in k classes of different means. */
  static List<Row> rows(int n, int d, int k) {
    SplittableRandom random = new SplittableRandom(20261122L + n + 31L * d + 7L * k);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int label = i % k;
      double[] x = new double[d];
      for (int j = 0; j < d; j++) {
        x[j] =
            random.nextInt(5) < 2
                ? 0
                : random.nextGaussian() + (j % k == label ? 0.8 : 0) + 0.3 * x[j / 2];
      }
      rows.add(row(i, (double) label, 0.25 + random.nextDouble(), Vectors.dense(x)));
    }
    return rows;
  }

  /** Those rows in three partitions, in their order: computed by tasks, not by the optimizer. */
  static Dataset<Row> data(int n, int d, int k) {
    return SPARK.createDataFrame(
        JavaSparkContext.fromSparkContext(SPARK.sparkContext()).parallelize(rows(n, d, k), 3),
        SCHEMA);
  }

  /** The columns of all rows in the order of their ids, which come last. */
  static List<Row> ordered(Dataset<Row> rows, String... columns) {
    String[] all = Arrays.copyOf(columns, columns.length + 1);
    all[columns.length] = "id as row";
    List<Row> found = new ArrayList<>(rows.selectExpr(all).collectAsList());
    found.sort(Comparator.comparingLong(row -> row.getLong(columns.length)));
    return found;
  }
}
