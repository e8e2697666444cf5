// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.LeafLayout;
import dev.lemma.kit.data.LeafRun;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.Leaves;
import dev.lemma.math.lowrank.PassPlan;
import dev.lemma.math.lowrank.PowerSums;
import dev.lemma.math.lowrank.RowPasses;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Passes over the rows of a data set. With {@link Kernel#FAST} each reads the rows where they lie
 * and merges partitions in their order. With {@link Kernel#EXACT} the first reads the input once
 * and puts the rows into leaves, by one shuffle and one copy that all passes then read: the same
 * bits for every partitioning.
 *
 * <p>Each pass ships its plan as a broadcast (8 n l bytes, nothing for the start matrix), and moves
 * a partial sum of 8 n l bytes for each task; a task holds both.
 */
final class RowScan implements RowPasses, AutoCloseable {
  /** Tells of passes and of the rows that the first one met. */
  interface Watcher {
    /** Does a pass. */
    PartialSums pass(int number, Callable<PartialSums> work);

    /** Is told the rows of the first pass; may refuse them. */
    void settle(RowCounts counts);
  }

  /** Passes that nobody watches; bad rows are left out. */
  static final Watcher SILENT =
      new Watcher() {
        @Override
        public PartialSums pass(int number, Callable<PartialSums> work) {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }

        @Override
        public void settle(RowCounts counts) {
          // Whoever asked for silence has said before what becomes of bad rows.
        }
      };

  private final MatrixRows matrix;
  private final Kernel kernel;
  private final Watcher watcher;
  private Dataset<Row> leaves;
  private int leafCount;
  private int made;
  private long rows = -1;

  RowScan(MatrixRows matrix, Kernel kernel, Watcher watcher) {
    this.matrix = matrix;
    this.kernel = kernel;
    this.watcher = watcher;
  }

  @Override
  public PowerSums run(PassPlan plan) {
    made++;
    PartialSums found = watcher.pass(made, () -> pass(plan));
    if (made == 1) {
      watcher.settle(found.counts());
      rows = found.sums.rows();
    } else if (found.sums.rows() != rows) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "input",
              "the rows changed between two reads",
              found.sums.rows() + " good rows in read " + made,
              rows + " as in the first",
              "keep the input as it is during the run"));
    }
    return found.sums;
  }

  private PartialSums pass(PassPlan plan) {
    RowReader reader = matrix.reader();
    boolean isVector = matrix.isVector();
    Kernel how = kernel;
    Broadcast<ShippedPlan> shared = spark().broadcast(new ShippedPlan(plan));
    try {
      Optional<PartialSums> found =
          switch (kernel) {
            case FAST -> {
              JavaRDD<InternalRow> stored = stored(matrix.values());
              yield SumsTree.of(
                  stored.mapPartitionsWithIndex(
                      (index, part) ->
                          new ScanTask(reader, isVector, shared.value().plan, how)
                              .partition(index, part),
                      true),
                  stored.getNumPartitions());
            }
            case EXACT -> {
              JavaRDD<InternalRow> stored = stored(leaves());
              int count = leafCount;
              int partitions = stored.getNumPartitions();
              yield SumsTree.of(
                  stored.mapPartitionsWithIndex(
                      (index, part) ->
                          new ScanTask(reader, isVector, shared.value().plan, how)
                              .leaves(LeafRun.of(index, partitions, count), part),
                      true),
                  count);
            }
          };
      return found.orElseGet(() -> empty(plan));
    } finally {
      shared.destroy();
    }
  }

  private static PartialSums empty(PassPlan plan) {
    return new PartialSums(0, PowerSums.empty(plan), new long[BadRow.values().length]);
  }

  private JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(matrix.rows().sparkSession().sparkContext());
  }

  private static JavaRDD<InternalRow> stored(Dataset<Row> columns) {
    return columns.queryExecution().toRdd().toJavaRDD();
  }

  /** The rows in their leaves, made at the first call. */
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

  /** Passes made so far. */
  int made() {
    return made;
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
