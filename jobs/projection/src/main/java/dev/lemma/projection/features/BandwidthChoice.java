// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import java.util.OptionalDouble;

/**
 * The key {@code bandwidth}: a number, or {@code auto} for the median distance of sampled pairs.
 *
 * @param given the number, positive and finite, or empty for auto
 */
public record BandwidthChoice(OptionalDouble given) {
  /** Refuses what is no length. */
  public BandwidthChoice {
    if (given.isPresent() && !(given.getAsDouble() > 0 && Double.isFinite(given.getAsDouble()))) {
      throw new IllegalArgumentException(
          "must be positive and finite, found " + given.getAsDouble());
    }
  }

  /** Reads {@code auto} or a number. */
  public static BandwidthChoice parse(String text) {
    if (text.equals("auto")) {
      return new BandwidthChoice(OptionalDouble.empty());
    }
    try {
      return new BandwidthChoice(OptionalDouble.of(Double.parseDouble(text)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected auto or a positive number", e);
    }
  }

  @Override
  public String toString() {
    return given.isPresent() ? Double.toString(given.getAsDouble()) : "auto";
  }
}
