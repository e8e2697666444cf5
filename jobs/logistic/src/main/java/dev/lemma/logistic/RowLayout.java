// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.ColumnsReader;
import dev.lemma.kit.data.RowReader;
import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/**
 * How the rows of a scan are to be read; what of {@link LabelledRows} travels to the tasks.
 *
 * @param reader reads the features
 * @param columns reads features that are columns of their own; null where they are one value
 * @param isVector whether they are a vector, and no array
 * @param kind how labels are read
 * @param hasWeight whether there is a weight column
 * @param takesNegative whether negative weights mean something
 * @param keys the key columns
 * @param folds number of folds
 * @param keyed whether rows come with their key
 */
record RowLayout(
    RowReader reader,
    ColumnsReader columns,
    boolean isVector,
    LabelKind kind,
    boolean hasWeight,
    boolean takesNegative,
    StructType keys,
    int folds,
    boolean keyed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Fields of a stored vector. */
  static final int VECTOR_FIELDS = 4;

  /**
   * The layout.
   *
   * @param sideBySide whether numeric columns come as {@link LabelledRows#columnsSideBySide} has
   *     them
   */
  static RowLayout of(LabelledRows rows, int folds, boolean keyed, boolean sideBySide) {
    return new RowLayout(
        rows.reader(),
        sideBySide ? rows.columnsReader().orElse(null) : null,
        rows.isVector(),
        rows.kind(),
        rows.hasWeight(),
        rows.weights().takesNegative(),
        rows.keys(),
        folds,
        keyed);
  }

  boolean isSideBySide() {
    return columns != null;
  }

  boolean hasKeys() {
    return keys.size() > 0;
  }
}
