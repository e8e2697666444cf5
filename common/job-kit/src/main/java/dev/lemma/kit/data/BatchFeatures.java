// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads the features of rows in double precision out of columnar batches, and classifies rows as
 * {@link RowReader} does. Belongs to one task.
 */
public sealed interface BatchFeatures permits ValueBatch, ColumnsBatch {
  /**
   * A reader.
   *
   * @param reader of features that are one value
   * @param columns of features that are columns of their own; empty for one value
   * @param fields where their columns are in a batch, in the order of {@link Features#stored}
   */
  static BatchFeatures of(RowReader reader, Optional<ColumnsReader> columns, List<Integer> fields) {
    int[] numbers = fields.stream().mapToInt(Integer::intValue).toArray();
    return columns.isPresent()
        ? new ColumnsBatch(columns.get(), numbers)
        : new ValueBatch(reader, numbers[0]);
  }

  /** Turns to the rows of this batch. */
  void open(ColumnarBatch batch);

  /**
   * Reads a row; fastest in their order.
   *
   * @param row its number in the batch
   * @param out takes the features; its content is undefined when the row is bad
   * @return {@link BadRow#NONE}, or why the row is bad
   */
  BadRow read(int row, FeatureBuffer out);
}
