// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.NumberType;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** What the column of a row of features tells beside its values. */
final class FeatureRow {
  private FeatureRow() {}

  /** Whether arrays of this type are read as they are. */
  static boolean isRead(DataType type) {
    return type instanceof ArrayType array
        && (array.elementType().equals(DataTypes.DoubleType)
            || NumberType.of(array.elementType()) != NumberType.DOUBLE);
  }

  /**
   * Two more arguments for the method: the type of the elements as an ordinal of {@link
   * NumberType}, and the length that the metadata of the column tell, or 0.
   */
  static List<Expression> told(Expression features) {
    DataType type = features.dataType();
    NumberType elements =
        type instanceof ArrayType array ? NumberType.of(array.elementType()) : NumberType.DOUBLE;
    return List.of(whole(elements.ordinal()), whole(length(features)));
  }

  private static int length(Expression features) {
    return features instanceof NamedExpression named && features.resolved()
        ? FeatureColumns.lengthInMetadata(
                new StructField(named.name(), features.dataType(), true, named.metadata()))
            .orElse(0)
        : 0;
  }

  private static Expression whole(int value) {
    return new Literal(value, DataTypes.IntegerType);
  }
}
