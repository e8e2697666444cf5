// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** Rows for the tests of this package. */
final class SvdRows {
  static final SparkSession SPARK = SharedSpark.session();

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("x", SQLDataTypes.VectorType(), true);

  private SvdRows() {}

  /** Rows with more zeros than not, few strong directions and means that differ. */
  static double[][] values(int m, int n) {
    SplittableRandom random = new SplittableRandom(17);
    double[][] directions = new double[6][n];
    for (double[] direction : directions) {
      Arrays.setAll(direction, j -> random.nextInt(3) == 0 ? random.nextGaussian() : 0);
    }
    double[][] rows = new double[m][n];
    for (double[] row : rows) {
      for (int r = 0; r < directions.length; r++) {
        double weight = (10 >> r) * random.nextGaussian();
        for (int j = 0; j < n; j++) {
          row[j] += weight * directions[r][j];
        }
      }
      for (int j = 0; j < n; j++) {
        row[j] = random.nextInt(3) == 0 ? row[j] + 0.1 * random.nextGaussian() + j % 3 : 0;
      }
    }
    return rows;
  }

  static Dataset<Row> frame(Vector... vectors) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      rows.add(RowFactory.create((long) i, vectors[i]));
    }
    return SPARK.createDataFrame(rows, SCHEMA);
  }

  static Dataset<Row> dense(double[][] rows) {
    return frame(Arrays.stream(rows).map(Vectors::dense).toArray(Vector[]::new));
  }

  static Dataset<Row> sparse(double[][] rows) {
    return frame(
        Arrays.stream(rows).map(row -> Vectors.dense(row).toSparse()).toArray(Vector[]::new));
  }

  static JobCall svd(String... assignments) {
    return JobCall.of(new SvdJob(), assignments);
  }

  static double[] numbers(Object cell) {
    if (cell instanceof Vector vector) {
      return vector.toArray();
    }
    scala.collection.Seq<?> seq = (scala.collection.Seq<?>) cell;
    double[] numbers = new double[seq.size()];
    Arrays.setAll(numbers, c -> (Double) seq.apply(c));
    return numbers;
  }
}
