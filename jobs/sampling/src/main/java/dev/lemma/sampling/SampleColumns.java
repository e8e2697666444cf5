// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Key;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which column plays which part in a sample.
 *
 * @param id names a row
 * @param weight what a row's chance is proportional to
 * @param keep columns that travel to the output; empty: all
 */
public record SampleColumns(
    @Key(
            doc =
                "Column that names a row: the sample follows it, and takes no shuffle; unset: all"
                    + " columns together, and equal rows are told apart by a number")
        Optional<String> id,
    @Key(doc = "Column that a row's chance to be drawn is proportional to; needs key rows")
        Optional<String> weight,
    @Key(
            doc = "Columns that travel to the output beside the id; unset: all",
            effect = Effect.OPERATION)
        Optional<List<String>> keep) {
  /** Takes copies. */
  public SampleColumns {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(weight, "weight");
    keep = keep.map(List::copyOf);
  }
}
