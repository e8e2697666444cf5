// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.Precision;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;

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
public sealed interface RowReader extends Serializable
    permits VectorReader, ArrayReader, TextReader {
  /**
   * A reader of these features.
   *
   * @param precision of dense values, and of sparse ones as they are rounded; texts are always read
   *     in double precision
   * @throws IllegalArgumentException for texts weighted by tf-idf, which need their frequencies
   */
  static RowReader of(Features features, Precision precision) {
    return of(features, precision, Optional.empty());
  }

  /**
   * A reader of these features.
   *
   * @param frequencies document frequencies; only texts weighted by tf-idf look at them
   */
  static RowReader of(
      Features features, Precision precision, Optional<Broadcast<FrequencyTable>> frequencies) {
    // Patterns in a switch come with Java 21.
    if (features instanceof Features.VectorColumn vector) {
      return new VectorReader(vector.d(), precision);
    }
    if (features instanceof Features.ArrayColumn array) {
      return new ArrayReader(array.elements(), array.d(), precision);
    }
    if (features instanceof Features.NumericColumns columns) {
      return new ArrayReader(columns.elements(), columns.columns().size(), precision);
    }
    return new TextReader(((Features.TextColumn) features).spec(), frequencies);
  }

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
