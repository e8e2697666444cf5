// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import java.util.List;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult.DataTypeMismatch;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnwrapUDT;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Arguments of functions checked and brought to the types that the methods take. */
final class ArgumentTypes {
  private ArgumentTypes() {}

  /** Spark's own message for an argument of a type that a parameter does not take. */
  static TypeCheckResult check(SqlFunction function, List<Expression> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      Parameter.Kind kind = function.parameters().get(i).kind();
      DataType found = arguments.get(i).dataType();
      if (!kind.accepts(found)) {
        return new DataTypeMismatch("UNEXPECTED_INPUT_TYPE", mismatch(arguments, i, kind));
      }
    }
    return TypeCheckResult.TypeCheckSuccess$.MODULE$;
  }

  private static Map<String, String> mismatch(
      List<Expression> arguments, int index, Parameter.Kind kind) {
    Expression argument = arguments.get(index);
    List<Tuple2<String, String>> entries =
        List.of(
            new Tuple2<>("paramIndex", ordinal(index)),
            new Tuple2<>("requiredType", kind.expected()),
            new Tuple2<>("inputSql", "\"" + argument.sql() + "\""),
            new Tuple2<>("inputType", "\"" + argument.dataType().sql() + "\""));
    return Map$.MODULE$.from(CollectionConverters.asScala(entries));
  }

  private static String ordinal(int index) {
    return switch (index) {
      case 0 -> "first";
      case 1 -> "second";
      case 2 -> "third";
      default -> "fourth";
    };
  }

  /** The argument in the type that a parameter takes. */
  static Expression taken(Expression argument, Parameter.Kind kind) {
    return argument.dataType() instanceof VectorUDT
        ? call(
            ArrayCalls.class,
            "ofVector",
            new ArrayType(DataTypes.DoubleType, false),
            List.of(new UnwrapUDT(argument)),
            false)
        : cast(argument, kind.taken());
  }

  static Expression cast(Expression argument, DataType type) {
    return argument.dataType().sameType(type) || isTaken(argument.dataType(), type)
        ? argument
        : new Cast(argument, type, Option.empty(), Cast$.MODULE$.apply$default$4());
  }

  /** Arrays of doubles are taken whether or not they may hold nulls. */
  private static boolean isTaken(DataType found, DataType wanted) {
    return found instanceof ArrayType from
        && wanted instanceof ArrayType to
        && from.elementType().sameType(to.elementType());
  }

  /** A call of a public static method; null for a null argument. */
  static StaticInvoke call(
      Class<?> owner,
      String method,
      DataType result,
      List<Expression> arguments,
      boolean mayBeNull) {
    Seq<AbstractDataType> types =
        seq(arguments.stream().map(each -> (AbstractDataType) each.dataType()).toList());
    return new StaticInvoke(
        owner, result, method, seq(arguments), types, true, mayBeNull, true, Option.empty());
  }

  static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
