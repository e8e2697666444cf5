// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Tables whose rows the driver holds. Spark sends such rows inside its tasks, and a cluster refuses
 * tasks above {@code spark.rpc.message.maxSize}, 128 MB unless set otherwise: what is larger than
 * 32 MB is cut into slices. Smaller tables are one partition, which {@link Publication} writes to
 * one file.
 */
public final class SlicedTable {
  private static final long SLICE_BYTES = 32L << 20;

  /** Of a row and of a cell, beside what they hold. */
  private static final long ROW_BYTES = 128;

  private static final long CELL_BYTES = 16;

  private SlicedTable() {}

  /** The table in the order of its rows; their cells are numbers, texts, and arrays of them. */
  public static Dataset<Row> of(SparkSession spark, List<Row> rows, StructType schema) {
    return of(spark, rows, schema, SLICE_BYTES);
  }

  /**
   * The same with another bound.
   *
   * @param sliceBytes most bytes of a slice, unless one row takes more
   */
  static Dataset<Row> of(SparkSession spark, List<Row> rows, StructType schema, long sliceBytes) {
    List<List<Row>> slices = slices(rows, sliceBytes);
    return slices.size() == 1
        ? spark.createDataFrame(rows, schema).coalesce(1)
        : spark.createDataFrame(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(slices, slices.size())
                .flatMap(List::iterator),
            schema);
  }

  private static List<List<Row>> slices(List<Row> rows, long sliceBytes) {
    List<List<Row>> slices = new ArrayList<>();
    List<Row> slice = new ArrayList<>();
    slices.add(slice);
    long bytes = 0;
    for (Row row : rows) {
      long size = bytes(row);
      if (bytes + size > sliceBytes && !slice.isEmpty()) {
        slice = new ArrayList<>();
        slices.add(slice);
        bytes = 0;
      }
      slice.add(row);
      bytes += size;
    }
    return slices;
  }

  /** About what a row takes as Java serialises it, rather more. */
  static long bytes(Row row) {
    long bytes = ROW_BYTES;
    for (int i = 0; i < row.length(); i++) {
      bytes += CELL_BYTES + content(row.get(i));
    }
    return bytes;
  }

  private static long content(Object cell) {
    if (cell instanceof double[] numbers) {
      return (long) Double.BYTES * numbers.length;
    }
    if (cell instanceof long[] numbers) {
      return (long) Long.BYTES * numbers.length;
    }
    if (cell instanceof Object[] cells) {
      long bytes = 0;
      for (Object one : cells) {
        bytes += CELL_BYTES + content(one);
      }
      return bytes;
    }
    return cell instanceof String text ? (long) Character.BYTES * text.length() : 0;
  }
}
