// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.NativeGram;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.FoldMoments;
import dev.lemma.math.logistic.MomentAccumulator;
import dev.lemma.math.logistic.MomentShape;
import dev.lemma.math.logistic.ScatterLayout;
import java.util.Arrays;

/**
 * Sums the rows of one task into moments while the number of classes grows: an accumulator has room
 * for a few, and gives way to one with room for more when a further class comes. When it does so
 * follows from the rows and their order alone. One task's.
 */
final class MomentSink {
  private static final int FIRST_ROOM = 4;
  private static final int GROWTH = 4;

  private final StatisticsSize size;
  private final Kernel kernel;
  private final String label;
  private MomentAccumulator accumulator;
  private FoldMoments before;
  private int room;
  private int[] indices = new int[0];

  /**
   * @param label the label's key and column, for messages
   */
  MomentSink(StatisticsSize size, Kernel kernel, String label) {
    this.size = size;
    this.kernel = kernel;
    this.label = label;
    this.room = (int) Math.max(1, Math.min(FIRST_ROOM, size.mostPerClass()));
    this.accumulator = accumulator();
  }

  /** Takes a row; its weight may differ from the row's own in sign. */
  void add(LabelledRow row, double weight) {
    if (row.label() >= room) {
      grow(row.label() + 1);
    }
    FeatureBuffer features = row.features();
    if (!features.isSparse()) {
      accumulator.add(row.fold(), row.label(), weight, features.doubles());
      return;
    }
    SparseRow sparse = features.sparse();
    if (indices.length < sparse.size()) {
      indices = new int[2 * sparse.size()];
    }
    for (int e = 0; e < sparse.size(); e++) {
      indices[e] = (int) sparse.ids()[e];
    }
    accumulator.add(row.fold(), row.label(), weight, indices, sparse.values(), sparse.size());
  }

  /** The moments of all rows in this number of classes, at least 1. */
  FoldMoments finish(int classes) {
    FoldMoments all = joined();
    accumulator = null;
    int k = Math.max(1, classes);
    int[] numbers = new int[room];
    Arrays.setAll(numbers, i -> i < k ? i : -1);
    return all.map(fold -> fold.renumberClasses(numbers, k));
  }

  private void grow(int classes) {
    if (classes > size.mostClasses()) {
      throw size.tooManyClasses(label, classes);
    }
    FoldMoments all = joined();
    int old = room;
    // Up to the most that have a scatter each, so that room alone does not pool them.
    long wanted = Math.max(classes, (long) GROWTH * room);
    room =
        (int)
            (classes <= size.mostPerClass()
                ? Math.min(wanted, size.mostPerClass())
                : Math.min(wanted, size.mostClasses()));
    int[] numbers = new int[old];
    Arrays.setAll(numbers, i -> i);
    before = all.map(fold -> laidOut(fold.renumberClasses(numbers, room)));
    accumulator = accumulator();
  }

  private FoldMoments joined() {
    FoldMoments last = accumulator.finish();
    return before == null ? last : before.merge(last);
  }

  private ClassMoments laidOut(ClassMoments fold) {
    return size.layoutFor(room) == ScatterLayout.POOLED ? fold.pooled() : fold;
  }

  private MomentAccumulator accumulator() {
    MomentShape shape = new MomentShape(size.folds(), room, size.features(), size.layoutFor(room));
    return switch (kernel) {
      case EXACT -> MomentAccumulator.exact(shape);
      case FAST ->
          // Own loops are faster than a BLAS written in Java.
          NativeGram.ofMachine()
              .map(blas -> MomentAccumulator.fast(shape, blas))
              .orElseGet(() -> MomentAccumulator.exact(shape));
    };
  }
}
