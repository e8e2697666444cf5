// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSH;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSHModel;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * MLlib's similarity join at one point of its grid. Its directions have length 1, so the
 * projections of two rows of 128 features at a distance are a tenth of it apart: of each bucket
 * length some of these numbers of tables find more than 95 %, and some less.
 *
 * @param tables numHashTables
 * @param width bucketLength over the radius
 */
record NeighborPeer(int tables, double width) {
  private static final int[] TABLES = {2, 3, 5, 10};
  private static final double[] WIDTHS = {0.125, 0.25, 0.5};

  /** The twelve points. */
  static List<NeighborPeer> grid() {
    List<NeighborPeer> grid = new ArrayList<>();
    for (double width : WIDTHS) {
      for (int tables : TABLES) {
        grid.add(new NeighborPeer(tables, width));
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
        .filter(col("id").lt(col("neighbor")));
  }

  /** The point in words. */
  @Override
  public String toString() {
    return tables + " tables, " + width + " radii";
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
}
