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
  /** Fields of a stored vector. */
  private static final int VECTOR_FIELDS = 4;

  private static final int VALUE = 0;

  /** Where arranged rows have the number of their leaf: behind value and key. */
  private static final int LEAF = 2;

  private final RowReader reader;
  private final boolean isVector;
  private final PowerKernel kernel;
  private final FeatureBuffer row = new FeatureBuffer();
  private long[] tally = new long[BadRow.values().length];

  ScanTask(RowReader reader, boolean isVector, PassPlan plan, Kernel kernel) {
    this.reader = reader;
    this.isVector = isVector;
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
      int nextLeaf = next == null ? -1 : next.getInt(LEAF);
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
    BadRow reason = reader.read(value(stored), row);
    tally[reason.ordinal()]++;
    if (reason == BadRow.NONE) {
      if (row.isSparse()) {
        kernel.add(row.sparse());
      } else {
        kernel.add(row.doubles());
      }
    }
  }

  private Object value(InternalRow stored) {
    if (stored.isNullAt(VALUE)) {
      return null;
    }
    return isVector ? stored.getStruct(VALUE, VECTOR_FIELDS) : stored.getArray(VALUE);
  }

  private PartialSums finish(long index) {
    PartialSums sums = new PartialSums(index, kernel.finish(), tally);
    tally = new long[tally.length];
    return sums;
  }
}
