// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Reads numeric columns that stand side by side in a row, without an array having been made of them
 * in the plan: that costs an allocation and two copies of every row. In double precision; rows are
 * classified as {@link RowReader} does. Immutable, small enough to travel with a task.
 *
 * @param elements type of all columns, {@link NumberType#DOUBLE} or {@link NumberType#FLOAT}
 * @param d number of columns
 */
public record ColumnsReader(NumberType elements, int d) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A reader of {@link Features.NumericColumns#values}. */
  public static ColumnsReader of(Features.NumericColumns columns) {
    return new ColumnsReader(columns.elements(), columns.columns().size());
  }

  /**
   * Reads a row.
   *
   * @param row as a plan gives it out
   * @param first number of the first of the d columns
   * @param out takes the features; its content is undefined when the row is bad
   * @return {@link BadRow#NONE}, or why the row is bad
   */
  public BadRow read(InternalRow row, int first, FeatureBuffer out) {
    double[] values = out.beginDoubles(d);
    if (row instanceof UnsafeRow unsafe) {
      if (Numbers.hasNull(unsafe, first, d)) {
        return BadRow.NULL_ELEMENT;
      }
      if (elements == NumberType.DOUBLE) {
        Numbers.copy(unsafe, first, values);
        return Numbers.classified(values);
      }
    }
    for (int j = 0; j < d; j++) {
      if (row.isNullAt(first + j)) {
        return BadRow.NULL_ELEMENT;
      }
      values[j] = elements == NumberType.FLOAT ? row.getFloat(first + j) : row.getDouble(first + j);
    }
    return Numbers.classified(values);
  }
}
