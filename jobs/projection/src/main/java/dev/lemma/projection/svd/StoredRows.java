// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.LeafLayout;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.Leaves;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a matrix as passes read them: with {@link Kernel#FAST} where they lie, with {@link
 * Kernel#EXACT} in their leaves, made at the first call by one shuffle and one copy that all passes
 * then read.
 */
final class StoredRows implements AutoCloseable {
  private final MatrixRows matrix;
  private final Kernel kernel;
  private Dataset<Row> leaves;
  private int leafCount;

  StoredRows(MatrixRows matrix, Kernel kernel) {
    this.matrix = matrix;
    this.kernel = kernel;
  }

  MatrixRows matrix() {
    return matrix;
  }

  Kernel kernel() {
    return kernel;
  }

  /** The features, in leaves behind them the key of the row and the number of its leaf. */
  JavaRDD<InternalRow> rdd() {
    Dataset<Row> rows =
        switch (kernel) {
          case FAST -> matrix.values();
          case EXACT -> leaves();
        };
    return rows.queryExecution().toRdd().toJavaRDD();
  }

  /** Number of leaves, once they are made. */
  int leafCount() {
    return leafCount;
  }

  private Dataset<Row> leaves() {
    if (leaves == null) {
      // Kept until the leaves are laid out: how many there are follows from the number of rows, and
      // the input is to be read once.
      Dataset<Row> read = matrix.keyedValues().persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long n = read.count();
        leafCount = Leaves.forRows(n).count();
        leaves =
            LeafLayout.arrange(read, functions.col(MatrixRows.KEY), n)
                .persist(StorageLevel.MEMORY_AND_DISK());
        leaves.count();
      } finally {
        read.unpersist();
      }
    }
    return leaves;
  }

  /** Gives the leaves back. */
  @Override
  public void close() {
    if (leaves != null) {
      leaves.unpersist();
      leaves = null;
    }
  }
}
