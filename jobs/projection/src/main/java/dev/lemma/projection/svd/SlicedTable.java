// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A table of rows of numbers that the driver holds, in slices. A slice travels inside its task, and
 * a cluster refuses tasks above {@code spark.rpc.message.maxSize}, 128 MB unless set otherwise.
 */
final class SlicedTable {
  private static final long SLICE_BYTES = 32L << 20;

  /** Of a row, beside its numbers. */
  private static final long ROW_BYTES = 128;

  private SlicedTable() {}

  /**
   * The table; up to 32 MB are one partition.
   *
   * @param numbers how many doubles a row holds
   */
  static Dataset<Row> of(SparkSession spark, List<Row> rows, StructType schema, int numbers) {
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(rows, slices(rows.size(), numbers)),
        schema);
  }

  static int slices(int rows, int numbers) {
    long bytes = rows * (ROW_BYTES + (long) Double.BYTES * numbers);
    return (int) Math.max(1, Math.min(rows, (bytes + SLICE_BYTES - 1) / SLICE_BYTES));
  }
}
