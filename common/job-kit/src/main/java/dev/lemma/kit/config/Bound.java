// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.Objects;

/**
 * A configuration that was found sound.
 *
 * @param config the job's record
 * @param resolved every key with its value and origin
 */
public record Bound<C extends Record>(C config, Resolved resolved) {
  /** Refuses null. */
  public Bound {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(resolved, "resolved");
  }
}
