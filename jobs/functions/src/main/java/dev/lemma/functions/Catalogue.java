// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All functions of this module, by name. */
final class Catalogue {
  private static final List<SqlFunction> ALL =
      Stream.of(
              Rectifiers.FUNCTIONS,
              Arithmetic.FUNCTIONS,
              Weights.FUNCTIONS,
              Distributions.FUNCTIONS)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, SqlFunction> BY_NAME =
      ALL.stream().collect(Collectors.toMap(SqlFunction::name, Function.identity()));

  private Catalogue() {}

  /** In the order of the documentation. */
  static List<SqlFunction> all() {
    return ALL;
  }

  /** The function of a name that is known to exist. */
  static SqlFunction function(String name) {
    SqlFunction function = BY_NAME.get(name);
    if (function == null) {
      throw new IllegalArgumentException("no such function: " + name);
    }
    return function;
  }
}
