// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.Objects;

/**
 * One derived number or choice, as the dry run prints it.
 *
 * @param name what is derived, such as {@code k}
 * @param value the value as text, with its unit
 * @param why the reason or the formula, or empty
 */
public record Fact(String name, String value, String why) {
  /** Refuses null and an empty name. */
  public Fact {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(why, "why");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a fact needs a name");
    }
  }

  /** A fact that needs no reason. */
  public static Fact of(String name, Object value) {
    return new Fact(name, String.valueOf(value), "");
  }
}
