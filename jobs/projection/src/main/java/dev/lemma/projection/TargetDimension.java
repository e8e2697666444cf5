// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import java.util.OptionalInt;

/**
 * The key {@code k}: a number, or {@code auto} for the smallest that keeps the guarantee.
 *
 * @param given the number, at least 1, or empty for auto
 */
public record TargetDimension(OptionalInt given) {
  /** Refuses numbers below 1. */
  public TargetDimension {
    if (given.isPresent() && given.getAsInt() < 1) {
      throw new IllegalArgumentException("k must be at least 1, found " + given.getAsInt());
    }
  }

  /** Reads {@code auto} or a whole number. */
  public static TargetDimension parse(String text) {
    if (text.equals("auto")) {
      return new TargetDimension(OptionalInt.empty());
    }
    try {
      return new TargetDimension(OptionalInt.of(Integer.parseInt(text)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected auto or a whole number of at least 1", e);
    }
  }

  /** The value as the stages' parameter has it: 0 for auto. */
  int param() {
    return given.orElse(0);
  }

  @Override
  public String toString() {
    return given.isPresent() ? Integer.toString(given.getAsInt()) : "auto";
  }
}
