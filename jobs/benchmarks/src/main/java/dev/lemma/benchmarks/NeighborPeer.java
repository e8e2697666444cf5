// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.col;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSH;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSHModel;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * MLlib's similarity join at one point of its grid.
 *
 * @param tables numHashTables
 * @param width bucketLength over the radius
 */
record NeighborPeer(int tables, double width) {
  private static final int[] TABLES = {2, 5, 10, 20};
  private static final double[] WIDTHS = {0.5, 1, 2};

  /** The twelve points. */
  static NeighborPeer[] grid() {
    NeighborPeer[] grid = new NeighborPeer[TABLES.length * WIDTHS.length];
    int at = 0;
    for (double width : WIDTHS) {
      for (int tables : TABLES) {
        grid[at++] = new NeighborPeer(tables, width);
      }
    }
    return grid;
  }

  /** Pairs of ids within the radius, each once, the smaller first. */
  Dataset<Row> join(Dataset<Row> vectors, double radius) {
    BucketedRandomProjectionLSHModel model =
        new BucketedRandomProjectionLSH()
            .setInputCol("x")
            .setOutputCol("hashes")
            .setNumHashTables(tables)
            .setBucketLength(width * radius)
            .setSeed(1)
            .fit(vectors);
    return model
        .approxSimilarityJoin(vectors, vectors, radius, "distance")
        .select(col("datasetA.id").as("id"), col("datasetB.id").as("neighbor"), col("distance"))
        .filter(col("id").lt(col("neighbor")))
        .toDF();
  }

  /** Bytes that all tasks write to shuffles while it listens. */
  static final class Shuffled extends SparkListener {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.taskMetrics() != null) {
        bytes.addAndGet(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
      }
    }

    /** The bytes since the last call. */
    long take() {
      return bytes.getAndSet(0);
    }
  }

  /** Share of the true pairs that a result holds. */
  static double recall(Dataset<Row> pairs, Set<Long> truth, long rows) {
    Set<Long> found = new HashSet<>();
    pairs
        .select(col("id"), col("neighbor"))
        .collectAsList()
        .forEach(row -> found.add(row.getLong(0) * rows + row.getLong(1)));
    found.retainAll(truth);
    return truth.isEmpty() ? 1 : (double) found.size() / truth.size();
  }
}
