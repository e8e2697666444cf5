// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.LeafLayout;
import dev.lemma.kit.data.LeafMerge;
import dev.lemma.kit.data.LeafRun;
import dev.lemma.kit.data.MergeTree;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.SourceBatches;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.Leaves;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * Takes passes over labelled rows. With {@link Kernel#FAST} a pass reads the rows where they lie,
 * each once, and merges the partitions in their order. With {@link Kernel#EXACT} the rows are put
 * into leaves first, by one shuffle that reads the input once and is kept for all passes of the
 * scan; the result has the same bits for every partitioning.
 *
 * <p>Costs: fast, one read a pass; exact, one read, one shuffle and one copy of the rows (memory,
 * then disk) in all. States are merged by a tree: on the executors, so that the driver receives
 * one, unless they are few and light.
 */
public final class Scan implements AutoCloseable {
  private final LabelledRows rows;
  private final Kernel kernel;
  private final RowLayout layout;
  private Dataset<Row> leaves;
  private int leafCount;

  private Scan(LabelledRows rows, Kernel kernel, int folds) {
    this.rows = rows;
    this.kernel = kernel;
    // A single fold needs no key, and hashing wide rows takes its time.
    boolean isExact = kernel == Kernel.EXACT;
    this.layout = RowLayout.of(rows, folds, isExact || folds > 1, !isExact);
  }

  /**
   * A scan; nothing is read yet.
   *
   * @param folds number of folds F, at least 1; rows have their key when it is above 1, or exact
   */
  public static Scan of(LabelledRows rows, Kernel kernel, int folds) {
    if (folds < 1) {
      throw new IllegalArgumentException("the number of folds must be at least 1, found " + folds);
    }
    return new Scan(rows, kernel, folds);
  }

  /** Whether the result has the same bits for every partitioning. */
  public Kernel kernel() {
    return kernel;
  }

  /** The rows. */
  public LabelledRows rows() {
    return rows;
  }

  /** Number of folds. */
  public int folds() {
    return layout.folds();
  }

  /**
   * Takes a pass over all rows and merges its states to one. The rows must have no key columns.
   *
   * <p>Bad rows are counted and left out; the caller settles whether the result may stand, by
   * {@link LabelledRows#screen}.
   */
  public <R extends Serializable> ScanResult<R> run(RowPass<R> pass) {
    if (layout.hasKeys()) {
      throw new IllegalStateException("rows with key columns have a result for each key");
    }
    List<Part<Group>> merged = gathered(parts(pass), merge(pass), pass.expectedBytes());
    RowCounts counts = new RowTally().counts();
    R value = null;
    for (Part<Group> part : merged) {
      if (part.group().isTally()) {
        counts = ((RowTally) part.value()).counts();
      } else {
        value = state(part.value());
      }
    }
    if (value == null) {
      value = pass.begin().finish(pass.classes());
    }
    return new ScanResult<>(value, counts);
  }

  /** The finished states of the partitions, or of runs of leaves, with the counts among them. */
  <R extends Serializable> JavaRDD<Part<Group>> parts(RowPass<R> pass) {
    RowLayout how = layout;
    if (kernel == Kernel.FAST) {
      boolean keyed = layout.keyed();
      Optional<SourceBatches> batches = rows.batches(keyed);
      if (batches.isPresent()) {
        return batchParts(batches.get(), how, pass);
      }
      return stored(layout.isSideBySide() ? rows.columnsSideBySide(keyed) : rows.columns(keyed))
          .mapPartitionsWithIndex(
              (index, stored) -> {
                RowState<R> state = new RowState<>(how, pass);
                stored.forEachRemaining(state::add);
                return state.finish(index).iterator();
              },
              true);
    }
    JavaRDD<InternalRow> arranged = stored(leaves());
    int count = leafCount;
    int partitions = arranged.getNumPartitions();
    MergeTree.Merge merge = merge(pass);
    return arranged.mapPartitionsWithIndex(
        (index, stored) -> {
          LeafRun run = LeafRun.of(index, partitions, count);
          return leafParts(run, how, pass, stored, merge);
        },
        true);
  }

  private static <R extends Serializable> JavaRDD<Part<Group>> batchParts(
      SourceBatches source, RowLayout how, RowPass<R> pass) {
    SourceBatches.Layout layout = source.layout();
    return source
        .batches()
        .mapPartitionsWithIndex(
            (index, batches) -> {
              BatchState<R> state = new BatchState<>(how, pass, layout, index);
              batches.forEachRemaining(state::add);
              return state.finish(index).iterator();
            },
            true);
  }

  /** Whether rows have key columns. */
  boolean hasKeys() {
    return layout.hasKeys();
  }

  /**
   * The states of a pass merged on the executors, one for each group.
   *
   * @param expected bytes of the states of one index, as far as they are known beforehand
   */
  JavaRDD<Part<Group>> reduced(JavaRDD<Part<Group>> parts, MergeTree.Merge merge, double expected) {
    return MergeTree.reduce(parts, bound(parts), merge, expected);
  }

  /**
   * The same brought to the driver.
   *
   * @param expected bytes of the states of one index, as far as they are known beforehand
   */
  List<Part<Group>> gathered(JavaRDD<Part<Group>> parts, MergeTree.Merge merge, double expected) {
    return MergeTree.gather(parts, bound(parts), merge, expected);
  }

  private long bound(JavaRDD<Part<Group>> parts) {
    return kernel == Kernel.FAST ? parts.getNumPartitions() : leafCount;
  }

  private static <R extends Serializable> Iterator<Part<Group>> leafParts(
      LeafRun run,
      RowLayout how,
      RowPass<R> pass,
      Iterator<InternalRow> stored,
      MergeTree.Merge merge) {
    LeafMerge<Group> merged = new LeafMerge<>(run, merge);
    RowState<R> state = null;
    int leaf = -1;
    while (stored.hasNext()) {
      InternalRow row = stored.next();
      if (row.getInt(LabelledRows.LEAF) != leaf) {
        if (state != null) {
          merged.add(leaf, state.finish(leaf));
        }
        leaf = row.getInt(LabelledRows.LEAF);
        state = new RowState<>(how, pass);
      }
      state.add(row);
    }
    if (state != null) {
      merged.add(leaf, state.finish(leaf));
    }
    return merged.finish().iterator();
  }

  /** Joins states of the pass, and counts. */
  static <R extends Serializable> MergeTree.Merge merge(RowPass<R> pass) {
    return (left, right) ->
        left instanceof RowTally tally
            ? tally.plus((RowTally) right)
            : pass.merge(Scan.<R>state(left), Scan.<R>state(right));
  }

  @SuppressWarnings("unchecked")
  private static <R extends Serializable> R state(Serializable value) {
    // Parts hold counts, or states of the one pass that made them.
    return (R) value;
  }

  private static JavaRDD<InternalRow> stored(Dataset<Row> columns) {
    return columns.queryExecution().toRdd().toJavaRDD();
  }

  /** The rows in their leaves, made at the first call. */
  private Dataset<Row> leaves() {
    if (leaves == null) {
      // Kept until the leaves are laid out: how many there are follows from the number of rows, and
      // the input is to be read once.
      Dataset<Row> read = rows.columns(true).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long n = read.count();
        leafCount = Leaves.forRows(n).count();
        leaves =
            LeafLayout.arrange(read, LabelledRows.rowKey(), n)
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
