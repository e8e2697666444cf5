// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.Optional;

/**
 * What came of binding one component.
 *
 * @param value the value, or empty after a problem was reported
 * @param standIn what may take its place while the other components are examined
 */
record Outcome(Optional<Object> value, Optional<Object> standIn) {
  static final Outcome FAILED = new Outcome(Optional.empty(), Optional.empty());

  static Outcome sound(Object value) {
    return new Outcome(Optional.of(value), Optional.empty());
  }

  /** A problem was reported. */
  static Outcome replaced(Optional<Object> standIn) {
    return new Outcome(Optional.empty(), standIn);
  }

  /** The value within a holder; a missing one is replaced by the empty holder. */
  Outcome heldBy(Shape.Maybe maybe) {
    return new Outcome(
        value.map(each -> Holders.of(maybe.holder(), each)),
        Optional.of(Holders.empty(maybe.holder())));
  }
}
