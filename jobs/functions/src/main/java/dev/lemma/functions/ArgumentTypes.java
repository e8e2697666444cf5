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
  private static final DataType DENSE = new ArrayType(DataTypes.DoubleType, false);

  private ArgumentTypes() {}

  /** Spark's own message for a type that a parameter does not take; ours for a wrong constant. */
  static TypeCheckResult check(SqlFunction function, List<Expression> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      Parameter.Kind kind = function.parameters().get(i).kind();
      DataType found = arguments.get(i).dataType();
      if (!kind.accepts(found)) {
        return new DataTypeMismatch("UNEXPECTED_INPUT_TYPE", mismatch(arguments, i, kind));
      }
    }
    return ArgumentValues.check(function, arguments);
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
      case 3 -> "fourth";
      case 4 -> "fifth";
      case 5 -> "sixth";
      default -> "seventh";
    };
  }

  /** The argument in the type that a parameter takes. */
  static Expression taken(Expression argument, Parameter.Kind kind) {
    boolean isRow = kind == Parameter.Kind.FEATURES;
    if (argument.dataType() instanceof VectorUDT) {
      Expression stored = new UnwrapUDT(argument);
      return isRow
          ? stored
          : new DirectCall(
              "vector_to_array", ArrayCalls.class, "ofVector", DENSE, seq(List.of(stored)), false);
    }
    // Rows of features are read in the type that they have, as the jobs do.
    return isRow && FeatureRow.isRead(argument.dataType())
        ? argument
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

  static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
