// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.functions.SqlFunction.Aggregate;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.errors.QueryCompilationErrors;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/** Makes calls of one function out of their arguments, and describes it to Spark. */
final class Builder extends AbstractFunction1<Seq<Expression>, Expression> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;

  Builder(SqlFunction function) {
    this.name = function.name();
  }

  @Override
  public Expression apply(Seq<Expression> arguments) {
    SqlFunction function = Catalogue.function(name);
    if (arguments.exists(Builder::isNamed)) {
      throw Builder.<RuntimeException>sneaky(
          QueryCompilationErrors.namedArgumentsNotSupported(name));
    }
    int most = function.parameters().size();
    if (arguments.size() < function.required() || arguments.size() > most) {
      List<Object> valid =
          IntStream.rangeClosed(function.required(), most).<Object>mapToObj(n -> n).toList();
      throw Builder.<RuntimeException>sneaky(
          QueryCompilationErrors.wrongNumArgsError(
              name, ArgumentTypes.seq(valid), arguments.size(), "", "", ""));
    }
    return function.body() instanceof Aggregate
        ? new AggregateExpression(name, arguments.apply(0), 0, 0)
        : new ScalarExpression(name, arguments);
  }

  private static boolean isNamed(Expression argument) {
    return argument instanceof NamedArgumentExpression;
  }

  /** Spark's analysis errors are checked, and its builders declare none. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable error) throws T {
    throw (T) error;
  }

  /** What DESCRIBE FUNCTION EXTENDED tells. */
  static ExpressionInfo info(SqlFunction function) {
    boolean aggregate = function.body() instanceof Aggregate;
    return new ExpressionInfo(
        aggregate ? AggregateExpression.class.getName() : ScalarExpression.class.getName(),
        null,
        function.name(),
        function.usage() + " - " + function.summary() + ": " + function.formula() + ".",
        function.describedParameters(),
        function.describedExamples(),
        "",
        aggregate ? "agg_funcs" : "math_funcs",
        "0.1.0",
        "",
        "scala_udf");
  }
}
