// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import dev.lemma.kit.data.PlanCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What lies at an output.
 *
 * @param rows number of rows
 * @param shortest length of the shortest array
 * @param longest length of the longest array
 * @param zeros share of values that are 0
 * @param bytes size of the data files
 */
record Written(long rows, int shortest, int longest, double zeros, long bytes) {
  /** Reads an output with its arrays or vectors in one column. */
  static Written at(SparkSession spark, String path, String column) {
    Dataset<Row> rows = spark.read().parquet(path);
    boolean arrays = rows.schema().apply(column).dataType() instanceof ArrayType;
    Column values = arrays ? col(column) : functions.vector_to_array(col(column), "float32");
    Column zeros =
        PlanCall.of(new ArrayTally(), "zeros", DataTypes.LongType).neverNull().on(col("v"));
    Row found =
        rows.select(values.as("v"))
            .agg(
                count(lit(1)),
                min(size(col("v"))),
                max(size(col("v"))),
                sum(zeros),
                avg(size(col("v"))))
            .first();
    return new Written(
        found.getLong(0),
        found.getInt(1),
        found.getInt(2),
        found.getLong(3) / (found.getLong(0) * found.getDouble(4)),
        bytes(Path.of(path)));
  }

  /** Bytes of the data files, without what describes them. */
  static long bytes(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes sure that there are so many rows of k values. */
  void requireShape(long expectedRows, int k) {
    if (rows != expectedRows || shortest != k || longest != k) {
      throw new IllegalStateException(
          "expected "
              + expectedRows
              + " rows of "
              + k
              + " values, found "
              + rows
              + " rows of "
              + shortest
              + " to "
              + longest);
    }
  }
}
