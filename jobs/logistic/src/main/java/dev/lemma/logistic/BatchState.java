// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.BatchFeatures;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.data.SourceBatches;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * A {@link RowState} of the rows of columnar batches. Belongs to one task.
 *
 * @param <R> a finished state
 */
final class BatchState<R extends Serializable> {
  private final RowState<R> state;
  private final BatchFeatures features;
  private final UnsafeProjection heads;

  BatchState(RowLayout layout, RowPass<R> pass, SourceBatches.Layout source, int partition) {
    this.state = new RowState<>(layout, pass);
    this.features =
        BatchFeatures.of(layout.reader(), Optional.ofNullable(layout.columns()), source.stored());
    this.heads = source.heads(partition);
  }

  /** Takes the rows of a batch. */
  void add(ColumnarBatch batch) {
    features.open(batch);
    int n = batch.numRows();
    for (int r = 0; r < n; r++) {
      state.add(heads.apply(batch.getRow(r)), features.read(r, state.features()));
    }
  }

  /** The finished states under this index, the counts among them. */
  List<Part<Group>> finish(long index) {
    return state.finish(index);
  }
}
