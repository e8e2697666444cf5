// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.Objects;

/**
 * One key as help shows it.
 *
 * @param path the whole key, such as {@code input.path}
 * @param type what may stand there, such as {@code integer} or {@code exact | fast}
 * @param fallback the value taken when none is given, as HOCON; empty: none
 * @param presence whether a value must be given
 * @param doc the meaning
 * @param effect what the key decides
 */
public record KeyDoc(
    String path, String type, String fallback, Presence presence, String doc, Effect effect) {
  /** Whether a value must be given. */
  public enum Presence {
    /** The run does not start without a value. */
    REQUIRED,
    /** There is a fallback, or the key may stay unset. */
    OPTIONAL
  }

  /** Refuses null. */
  public KeyDoc {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(fallback, "fallback");
    Objects.requireNonNull(presence, "presence");
    Objects.requireNonNull(doc, "doc");
    Objects.requireNonNull(effect, "effect");
  }
}
