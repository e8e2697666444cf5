// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which column plays which part.
 *
 * @param id names a row
 * @param features one vector, array or text column, or several numeric ones
 * @param label the class or value to learn
 * @param weight weight of a row
 * @param keep columns that travel to the output; empty: id, label and weight
 */
public record ColumnsConfig(
    @Key(doc = "Column that names a row; random choices follow it instead of the row's content")
        Optional<String> id,
    @Key(
            doc =
                "A vector column, a column of number arrays, a text column, or a list of numeric"
                    + " columns",
            fallback = "[]")
        List<String> features,
    @Key(doc = "Column of the class or value to learn") Optional<String> label,
    @Key(doc = "Column with the weight of a row") Optional<String> weight,
    @Key(
            doc = "Columns that travel to the output; unset: id, label and weight",
            effect = Effect.OPERATION)
        Optional<List<String>> keep) {
  /** Takes copies. */
  public ColumnsConfig {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(weight, "weight");
    features = List.copyOf(features);
    keep = keep.map(List::copyOf);
    if (features.stream().distinct().count() < features.size()) {
      throw new IllegalArgumentException("features must not name a column twice");
    }
  }
}
