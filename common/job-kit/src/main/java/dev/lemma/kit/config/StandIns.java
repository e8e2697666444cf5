// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Harmless values that take the place of unsound ones, so that the ranges of the others can be
 * examined all the same. Never part of a result.
 */
final class StandIns {
  private StandIns() {}

  /** A value of this shape that most ranges admit, or empty where there is none. */
  static Optional<Object> of(Shape shape) {
    if (shape instanceof Shape.Maybe maybe) {
      return Optional.of(Holders.empty(maybe.holder()));
    }
    if (shape instanceof Shape.Text) {
      return Optional.of("text");
    }
    if (shape instanceof Shape.Whole whole) {
      return whole.type() == int.class ? Optional.of(1000) : Optional.of(1000L);
    }
    if (shape instanceof Shape.Real) {
      return Optional.of(0.5);
    }
    if (shape instanceof Shape.Flag) {
      return Optional.of(false);
    }
    if (shape instanceof Shape.Choice choice) {
      return Optional.of(choice.type().getEnumConstants()[0]);
    }
    if (shape instanceof Shape.Sequence) {
      return Optional.of(List.of());
    }
    return shape instanceof Shape.Dictionary ? Optional.of(Map.of()) : Optional.empty();
  }
}
