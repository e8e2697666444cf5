// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.io.Serializable;

/**
 * Reads the features of one row out of the value of {@link Features#value}, as Spark keeps it
 * inside a plan, and classifies rows that cannot be used. Sparse and dense encodings of one vector
 * give the same values: explicit zeros are dropped, and in single precision a sparse entry is
 * rounded like a dense one.
 *
 * <p>Costs one pass over the stored entries; allocates nothing in the steady state. Holds no state
 * that changes with rows except the work memory of texts, so a reader of texts belongs to one
 * thread; small enough to travel with a task.
 */
public sealed interface RowReader extends Serializable permits VectorReader, ArrayReader {
  /**
   * Reads a row.
   *
   * @param value an {@code InternalRow} (vector), {@code ArrayData} (array, numeric columns) or
   *     {@code UTF8String} (text), or null
   * @param out takes the features; its content is undefined when the row is bad
   * @return {@link BadRow#NONE}, or why the row is bad
   */
  BadRow read(Object value, FeatureBuffer out);

  /** Whether the row is bad, and why, without its features. Thread-safe. */
  BadRow check(Object value);
}
