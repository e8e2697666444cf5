// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.synthetic.LowRank;
import dev.lemma.math.synthetic.SparseZipf;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The matrices of the comparison of decompositions, in column {@code x}. */
final class SvdRows {
  static final int SPARSE_COLUMNS = 20_000;

  private static final int WORDS = 100;
  private static final int TAIL = 3;
  private static final int DENSE_COLUMNS = 1000;
  private static final int DIRECTIONS = 40;
  private static final double DECAY = 0.9;
  private static final double NOISE = 0.1;

  private static final StructType SCHEMA =
      new StructType().add("x", SQLDataTypes.VectorType(), false);

  private SvdRows() {}

  /** Counts of 100 words a row, whose features fall as floor(n u^3). */
  static Dataset<Row> sparse(SparkSession spark, long rows) {
    return of(
        spark,
        rows,
        ids -> {
          SparseZipf law = new SparseZipf(1, SPARSE_COLUMNS, WORDS, TAIL);
          SparseRow row = new SparseRow();
          return stream(ids)
              .map(
                  id -> {
                    law.row(id, row);
                    int[] indices = new int[row.size()];
                    double[] values = new double[row.size()];
                    for (int e = 0; e < row.size(); e++) {
                      indices[e] = (int) row.ids()[e];
                      values[e] = row.values()[e];
                    }
                    return RowFactory.create(Vectors.sparse(SPARSE_COLUMNS, indices, values));
                  })
              .iterator();
        });
  }

  /** Forty directions whose scales decay, and noise. */
  static Dataset<Row> dense(SparkSession spark, long rows) {
    return of(
        spark,
        rows,
        ids -> {
          LowRank law = new LowRank(1, DENSE_COLUMNS, DIRECTIONS, DECAY, NOISE);
          return stream(ids)
              .map(
                  id -> {
                    double[] row = new double[DENSE_COLUMNS];
                    law.row(id, row);
                    return RowFactory.create(Vectors.dense(row));
                  })
              .iterator();
        });
  }

  private static Stream<Long> stream(Iterator<Long> ids) {
    return StreamSupport.stream(((Iterable<Long>) () -> ids).spliterator(), false);
  }

  private static Dataset<Row> of(
      SparkSession spark, long rows, MapPartitionsFunction<Long, Row> made) {
    return spark.range(rows).as(Encoders.LONG()).mapPartitions(made, Encoders.row(SCHEMA));
  }
}
