// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Calls of a Java object inside Spark's generated code: no row encoder, no boxing, and the plan
 * stays a plan, on streams too.
 */
public final class InPlan {
  private InPlan() {}

  /**
   * A column that calls a public method of an object for each row. The object is deserialised once
   * for each task, so it may hold buffers and should hold little else; the call counts as
   * non-deterministic, so that Spark does not repeat it where its result is used twice.
   *
   * @param target whose class and method are public
   * @param method name of the method; its parameters take the columns' internal values ({@code
   *     long}, {@code UTF8String}, {@code ArrayData}, {@code InternalRow}); null arguments are
   *     passed on
   * @param type of the column; what the method returns is Spark's internal form of it
   * @param arguments the columns, vectors unwrapped by {@code functions.unwrap_udt}
   */
  public static Column call(
      Serializable target, String method, DataType type, Column... arguments) {
    List<Expression> expressions = new ArrayList<>();
    for (Column argument : arguments) {
      expressions.add(ExpressionUtils.expression(argument));
    }
    List<AbstractDataType> noCasts = List.of();
    return ExpressionUtils.column(
        new Invoke(
            Literal.create(target, new ObjectType(target.getClass())),
            method,
            type,
            CollectionConverters.asScala(expressions).toSeq(),
            CollectionConverters.asScala(noCasts).toSeq(),
            false,
            true,
            false));
  }
}
