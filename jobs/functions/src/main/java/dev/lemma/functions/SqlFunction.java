// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;

/**
 * A function and all that is told about it, in SQL and in the documentation.
 *
 * @param name in SQL
 * @param summary one sentence without a full stop
 * @param formula in plain text
 * @param parameters in order; those that may be left out stand last
 * @param examples at least one
 * @param source where it comes from
 * @param body what computes it
 */
record SqlFunction(
    String name,
    String summary,
    String formula,
    List<Parameter> parameters,
    List<Example> examples,
    String source,
    Body body) {
  /** Copies the lists. */
  SqlFunction {
    parameters = List.copyOf(parameters);
    examples = List.copyOf(examples);
  }

  /**
   * What somebody may type and what Spark prints.
   *
   * @param arguments of SELECT, with the function in it
   * @param result as text
   */
  record Example(String arguments, String result) {}

  /** What computes a function. */
  sealed interface Body {}

  /**
   * A public static method.
   *
   * @param owner its class
   * @param method its name; overloads differ in the types that the parameters take
   * @param result in SQL
   * @param mayBeNull whether it returns null for arguments that are not
   */
  record Method(Class<?> owner, String method, DataType result, boolean mayBeNull)
      implements Body {}

  /**
   * A public static method of a number and of what another makes of a parameter of shape: that is
   * computed once a query where the parameter is the same for all rows.
   *
   * @param owner the class of both
   * @param method of two doubles, its result a double
   * @param preparation of one, likewise
   */
  record Prepared(Class<?> owner, String method, String preparation) implements Body {}

  /**
   * A public static method with overloads for long, float and double, chosen by all arguments.
   *
   * @param owner its class
   * @param method its name
   * @param resultOfWhole of the overload for long
   * @param resultOfFloat of the overload for float
   */
  record Overloads(Class<?> owner, String method, DataType resultOfWhole, DataType resultOfFloat)
      implements Body {}

  /**
   * An aggregate of one number.
   *
   * @param sum what is kept
   */
  record Aggregate(MergedSum.Kind sum) implements Body {}

  /** The call with its parameters, e.g. {@code swish(x[, t])}. */
  String usage() {
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < parameters.size(); i++) {
      boolean optional = parameters.get(i).otherwise().isPresent();
      text.append(optional ? i == 0 ? "[" : "[, " : i == 0 ? "" : ", ");
      text.append(parameters.get(i).name()).append(optional ? "]" : "");
    }
    return text.append(')').toString();
  }

  /** The fewest arguments. */
  int required() {
    return (int) parameters.stream().filter(each -> each.otherwise().isEmpty()).count();
  }

  /** The parameters, a line each, as DESCRIBE FUNCTION EXTENDED shows them. */
  String describedParameters() {
    return parameters.stream()
        .map(each -> "      * " + each.name() + " - " + each.meaning() + ".\n")
        .collect(Collectors.joining("", "\n    Arguments:\n", "  "));
  }

  /** The examples as DESCRIBE FUNCTION EXTENDED shows them. */
  String describedExamples() {
    return examples.stream()
        .map(each -> "      > SELECT " + each.arguments() + ";\n       " + each.result() + "\n")
        .collect(Collectors.joining("", "\n    Examples:\n", "  "));
  }
}
