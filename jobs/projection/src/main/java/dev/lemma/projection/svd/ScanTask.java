// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.LeafRun;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.PairwiseMerge;
import dev.lemma.math.lowrank.PassPlan;
import dev.lemma.math.lowrank.PowerKernel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** The work of one task of a pass. Not thread-safe. */
final class ScanTask {
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

  /** One sum for all rows of a partition. */
  Iterator<PartialSums> partition(long index, Iterator<InternalRow> rows) {
    boolean any = rows.hasNext();
    while (rows.hasNext()) {
      add(rows.next());
    }
    return (any ? List.of(finish(index)) : List.<PartialSums>of()).iterator();
  }

  /** The sums of a run of leaves, merged as far as the tree over all leaves lets them. */
  Iterator<PartialSums> leaves(LeafRun run, Iterator<InternalRow> rows) {
    List<PartialSums> nodes = new ArrayList<>();
    PairwiseMerge<PartialSums> open = null;
    long node = -1;
    int leaf = -1;
    boolean pending = false;
    while (rows.hasNext() || pending) {
      InternalRow next = rows.hasNext() ? rows.next() : null;
      int nextLeaf = next == null ? -1 : next.getInt(StoredValue.LEAF);
      if (pending && nextLeaf != leaf) {
        if (run.nodeOf(leaf) != node) {
          close(open, node, nodes);
          open = new PairwiseMerge<>(PartialSums::plus);
          node = run.nodeOf(leaf);
        }
        open.add(leaf, finish(leaf));
        pending = false;
      }
      if (next != null) {
        leaf = nextLeaf;
        add(next);
        pending = true;
      }
    }
    close(open, node, nodes);
    return nodes.iterator();
  }

  private static void close(PairwiseMerge<PartialSums> open, long node, List<PartialSums> nodes) {
    if (open != null) {
      PartialSums sums = open.finish().orElseThrow();
      nodes.add(new PartialSums(node, sums.sums, sums.tally));
    }
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

  private PartialSums finish(long index) {
    PartialSums sums = new PartialSums(index, kernel.finish(), tally);
    tally = new long[tally.length];
    return sums;
  }
}
