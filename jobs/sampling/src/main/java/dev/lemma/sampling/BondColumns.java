// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Key;

/**
 * The columns that hold the two ends of a bond.
 *
 * @param from one end
 * @param to the other end
 */
public record BondColumns(
    @Key(
            doc = "Column of one end, a whole number that names a site",
            fallback = "from",
            effect = Effect.DATA)
        String from,
    @Key(
            doc = "Column of the other end; a bond has no direction",
            fallback = "to",
            effect = Effect.DATA)
        String to) {
  /** Refuses empty names. */
  public BondColumns {
    if (from.isBlank() || to.isBlank()) {
      throw new IllegalArgumentException("from and to must name a column");
    }
  }
}
