// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.LeafRun;
import dev.lemma.kit.data.MergeTree;
import dev.lemma.kit.data.Part;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.lowrank.PassPlan;
import dev.lemma.math.lowrank.PowerSums;
import dev.lemma.math.lowrank.RowPasses;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Passes over the rows of a data set with W held whole. With {@link Kernel#FAST} each reads the
 * rows where they lie and merges partitions in their order. With {@link Kernel#EXACT} the first
 * reads the input once and puts the rows into leaves: the same bits for every partitioning.
 *
 * <p>Each pass ships its plan as a broadcast (8 n l bytes, nothing for the start matrix), and moves
 * a partial sum of 8 n l bytes for each task; a task holds both.
 */
final class RowScan implements RowPasses, AutoCloseable {
  private final StoredRows rows;
  private final PassLog log;

  RowScan(MatrixRows matrix, Kernel kernel, PassLog.Watcher watcher) {
    this.rows = new StoredRows(matrix, kernel);
    this.log = new PassLog(watcher);
  }

  @Override
  public PowerSums run(PassPlan plan) {
    return log.pass(() -> pass(plan)).sums;
  }

  private PartialSums pass(PassPlan plan) {
    MatrixRows matrix = rows.matrix();
    MatrixShape shape = matrix.shape();
    Kernel how = rows.kernel();
    Broadcast<ShippedPlan> shared = matrix.context().broadcast(new ShippedPlan(plan));
    try {
      JavaRDD<InternalRow> stored = rows.rdd();
      int partitions = stored.getNumPartitions();
      int count = rows.leafCount();
      JavaRDD<Part<Integer>> parts =
          stored.mapPartitionsWithIndex(
              (index, part) -> {
                ScanTask task = new ScanTask(shape, shared.value().plan, how);
                return switch (how) {
                  case FAST -> task.partition(index, part);
                  case EXACT -> task.leaves(LeafRun.of(index, partitions, count), part);
                };
              },
              true);
      long bound = how == Kernel.FAST ? partitions : count;
      boolean isTall = plan.products() == PassPlan.Products.BOTH;
      double expected = isTall ? (double) Double.BYTES * plan.dimension() * plan.width() : 0;
      return MergeTree.gather(parts, bound, ScanTask::plus, expected).stream()
          .findFirst()
          .map(part -> (PartialSums) part.value())
          .orElseGet(
              () -> new PartialSums(PowerSums.empty(plan), new long[BadRow.values().length]));
    } finally {
      shared.destroy();
    }
  }

  /** Gives the leaves back. */
  @Override
  public void close() {
    rows.close();
  }
}
