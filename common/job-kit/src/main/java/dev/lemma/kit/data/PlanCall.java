// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A column that calls a method of an object from Spark's generated code, without encoders.
 *
 * <p>Class and method must be public. Arguments arrive as Spark keeps them: {@code InternalRow} for
 * a struct (a vector must be unwrapped by {@code functions.unwrap_udt} first), {@code ArrayData},
 * {@code UTF8String}, primitives; a null object arrives as null. The object travels by Java
 * serialisation and is read once a task, so it should be small and build what is large on first
 * use. Spark may evaluate expressions on the driver while it plans, and several threads there may
 * share the object: state that changes belongs into a thread-local.
 */
public final class PlanCall {
  private final Serializable target;
  private final String method;
  private final DataType result;
  private final boolean nullable;
  private final boolean deterministic;

  private PlanCall(
      Serializable target,
      String method,
      DataType result,
      boolean nullable,
      boolean deterministic) {
    this.target = target;
    this.method = method;
    this.result = result;
    this.nullable = nullable;
    this.deterministic = deterministic;
  }

  /** A call whose result may be null and that Spark may repeat or leave out as it sees fit. */
  public static PlanCall of(Serializable target, String method, DataType result) {
    return new PlanCall(target, method, result, true, true);
  }

  /** The same for a method that never returns null. */
  public PlanCall neverNull() {
    return new PlanCall(target, method, result, false, deterministic);
  }

  /**
   * The same for a method that is costly: declared non-deterministic, so that Spark neither pushes
   * it through other operators nor evaluates it twice for a column used twice.
   */
  public PlanCall once() {
    return new PlanCall(target, method, result, nullable, false);
  }

  /** The column over these arguments. */
  public Column on(Column... arguments) {
    List<Expression> inputs = Arrays.stream(arguments).map(ExpressionUtils::expression).toList();
    Expression object = Literal$.MODULE$.create(target, new ObjectType(target.getClass()));
    return ExpressionUtils.column(
        new Invoke(
            object,
            method,
            result,
            seq(inputs),
            seq(List.<AbstractDataType>of()),
            false,
            nullable,
            deterministic));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
