// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult.TypeCheckFailure;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Arguments that are the same for all rows held against the ranges of their parameters, so that a
 * query with a wrong one fails before it starts.
 */
final class ArgumentValues {
  private ArgumentValues() {}

  /** Success, or what is wrong with the first constant out of its range. */
  static TypeCheckResult check(SqlFunction function, List<Expression> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      Parameter parameter = function.parameters().get(i);
      Optional<Object> found =
          parameter.range() == Range.ANY ? Optional.empty() : constant(arguments.get(i));
      if (found.isPresent() && !parameter.range().holds(found.get())) {
        return new TypeCheckFailure(
            "parameter "
                + parameter.name()
                + " of "
                + function.name()
                + ": expected "
                + parameter.range().expected()
                + ", found "
                + found.get()
                + "; "
                + parameter.range().remedy());
      }
    }
    return TypeCheckResult.TypeCheckSuccess$.MODULE$;
  }

  /** Empty for NULL, which gives NULL, and for what only a run can tell. */
  private static Optional<Object> constant(Expression argument) {
    if (!argument.foldable()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(argument.eval(null));
    } catch (RuntimeException e) {
      // The current date, or a division by zero: not for us to report.
      return Optional.empty();
    }
  }
}
