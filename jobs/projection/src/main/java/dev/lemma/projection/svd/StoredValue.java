// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/** Where the features of a stored row are, as the reader wants them. */
enum StoredValue implements Serializable {
  /** An unwrapped vector. */
  VECTOR,
  /** An array of numbers. */
  ARRAY;

  /** Where arranged rows have the number of their leaf: behind value and key. */
  static final int LEAF = 2;

  /** Fields of a stored vector. */
  private static final int VECTOR_FIELDS = 4;

  /** The features, the first column; null where there are none. */
  Object of(InternalRow row) {
    return of(row, 0);
  }

  /** The features in some column. */
  Object of(InternalRow row, int column) {
    if (row.isNullAt(column)) {
      return null;
    }
    return switch (this) {
      case VECTOR -> row.getStruct(column, VECTOR_FIELDS);
      case ARRAY -> row.getArray(column);
    };
  }
}
