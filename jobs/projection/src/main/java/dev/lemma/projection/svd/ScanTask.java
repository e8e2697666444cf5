// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.LeafMerge;
import dev.lemma.kit.data.LeafRun;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.lowrank.PassPlan;
import dev.lemma.math.lowrank.PowerKernel;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** The work of one task of a pass. Not thread-safe. */
final class ScanTask {
  /** There is one group: all sums are merged. */
  private static final Integer ALL = 0;

  private final RowReader reader;
  private final StoredValue value;
  private final PowerKernel kernel;
  private final FeatureBuffer row = new FeatureBuffer();
  private long[] tally = new long[BadRow.values().length];

  ScanTask(MatrixShape shape, PassPlan plan, Kernel kernel) {
    this.reader = shape.reader();
    this.value = shape.value();
    this.kernel =
        switch (kernel) {
          case EXACT -> PowerKernel.loops(plan);
          case FAST -> PowerKernel.blas(plan, BlasGemm.ofMachine());
        };
  }

  /** Joins partial sums. */
  static Serializable plus(Serializable left, Serializable right) {
    return ((PartialSums) left).plus((PartialSums) right);
  }

  /** One sum for all rows of a partition. */
  Iterator<Part<Integer>> partition(long index, Iterator<InternalRow> rows) {
    boolean any = rows.hasNext();
    while (rows.hasNext()) {
      add(rows.next());
    }
    return (any ? finish(index) : List.<Part<Integer>>of()).iterator();
  }

  /** The sums of a run of leaves, merged as far as the tree over all leaves lets them. */
  Iterator<Part<Integer>> leaves(LeafRun run, Iterator<InternalRow> rows) {
    LeafMerge<Integer> merged = new LeafMerge<>(run, ScanTask::plus);
    int leaf = -1;
    while (rows.hasNext()) {
      InternalRow next = rows.next();
      int nextLeaf = next.getInt(StoredValue.LEAF);
      if (leaf >= 0 && nextLeaf != leaf) {
        merged.add(leaf, finish(leaf));
      }
      leaf = nextLeaf;
      add(next);
    }
    if (leaf >= 0) {
      merged.add(leaf, finish(leaf));
    }
    return merged.finish().iterator();
  }

  private void add(InternalRow stored) {
    BadRow reason = reader.read(value.of(stored), row);
    tally[reason.ordinal()]++;
    if (reason == BadRow.NONE) {
      if (row.isSparse()) {
        kernel.add(row.sparse());
      } else {
        kernel.add(row.doubles());
      }
    }
  }

  private List<Part<Integer>> finish(long index) {
    PartialSums sums = new PartialSums(kernel.finish(), tally);
    tally = new long[tally.length];
    return List.of(new Part<>(ALL, index, sums));
  }
}
