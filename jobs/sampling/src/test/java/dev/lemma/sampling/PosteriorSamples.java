// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows for the tests of regressions. */
final class PosteriorSamples {
  static final SparkSession SPARK = SharedSpark.session();

  static final List<String> PIMA =
      List.of("pregnancies", "glucose", "pressure", "skin", "insulin", "mass", "pedigree", "age");

  static final double[] PIMA_MEANS = {
    -0.88059, 0.42081, 1.14367, -0.26211, 0.01037, -0.13989, 0.72111, 0.31864, 0.17641
  };

  static final double[] PIMA_DEVIATIONS = {
    0.09775, 0.109, 0.1196, 0.10258, 0.11077, 0.10495, 0.12012, 0.09973, 0.11072
  };

  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("y", DataTypes.DoubleType, true)
          .add("w", DataTypes.DoubleType, true)
          .add("x", SQLDataTypes.VectorType(), true);

  private PosteriorSamples() {}

  static Dataset<Row> frame(List<Row> rows) {
    return SPARK.createDataFrame(rows, SCHEMA);
  }

  /** Rows of these columns, the first of which is the label. */
  static Dataset<Row> columns(double[]... columns) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < columns[0].length; i++) {
      double[] x = new double[columns.length - 1];
      for (int j = 0; j < x.length; j++) {
        x[j] = columns[j + 1][i];
      }
      rows.add(RowFactory.create((long) i, columns[0][i], 1.0, Vectors.dense(x)));
    }
    return frame(rows);
  }

  /** n rows of a logistic model with three features, whole weights from 1 to 3. */
  static List<Row> logistic(int n) {
    SplittableRandom random = new SplittableRandom(n);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] x = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double z = 0.3 + x[0] - 0.5 * x[1];
      double y = random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
      rows.add(RowFactory.create((long) i, y, 1.0 + i % 3, Vectors.dense(x)));
    }
    return rows;
  }

  /** The folder of a file of the shared data, or skips the test. */
  static Path shared(String file) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data").resolve(file);
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    return abort(file + " is not at hand: no shared/data above this folder");
  }

  /** Pima, columns standardised by their standard deviations (divisor n - 1). */
  static Dataset<Row> pima() {
    List<double[]> cells;
    try {
      cells =
          Files.readAllLines(shared("logistic/pima.csv")).stream()
              .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::valueOf).toArray())
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int n = cells.size();
    for (int j = 0; j < 8; j++) {
      int column = j;
      double mean = cells.stream().mapToDouble(row -> row[column]).sum() / n;
      double square =
          cells.stream().mapToDouble(row -> Math.pow(row[column] - mean, 2)).sum() / (n - 1);
      cells.forEach(row -> row[column] = (row[column] - mean) / Math.sqrt(square));
    }
    StructType schema = new StructType().add("id", DataTypes.LongType, false);
    for (String name : PIMA) {
      schema = schema.add(name, DataTypes.DoubleType, false);
    }
    schema = schema.add("diabetes", DataTypes.IntegerType, false);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Object[] row = new Object[10];
      row[0] = (long) i;
      for (int j = 0; j < 8; j++) {
        row[j + 1] = cells.get(i)[j];
      }
      row[9] = (int) cells.get(i)[8];
      rows.add(RowFactory.create(row));
    }
    return SPARK.createDataFrame(rows, schema);
  }
}
