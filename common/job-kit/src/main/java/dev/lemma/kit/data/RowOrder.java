// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Sort orders that no partitioning can change. */
final class RowOrder {
  private RowOrder() {}

  /** An unsigned 64-bit number as a signed one of the same order. */
  static Column unsigned(Column number) {
    return number.bitwiseXOR(functions.lit(Long.MIN_VALUE));
  }

  /** By row key as an unsigned number, then by the given columns. */
  static Column[] byKey(Column key, List<Column> then) {
    List<Column> order = new ArrayList<>();
    order.add(unsigned(key.getField("first")));
    order.add(unsigned(key.getField("second")));
    order.addAll(then);
    return order.toArray(Column[]::new);
  }

  /**
   * The columns that rows with equal keys are ordered by: all that have an order, in the order of
   * the schema. Rows that agree in all of them differ in maps alone, if at all.
   */
  static List<Column> content(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(field -> RowOrdering.isOrderable(field.dataType()))
        .map(StructField::name)
        .map(ColumnNames::column)
        .toList();
  }
}
