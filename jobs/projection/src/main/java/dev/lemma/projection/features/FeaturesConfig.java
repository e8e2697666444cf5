// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Configuration of the job {@code features}.
 *
 * @param input where rows come from
 * @param columns which column plays which part
 * @param output where the result goes
 * @param map kernel and features
 * @param spec an earlier output whose features the rows shall have
 * @param pairs how many pairs the error of the kernel is measured on
 * @param maxError the gate
 * @param run what all jobs have
 */
public record FeaturesConfig(
    @Key(doc = "Where the rows come from") InputConfig input,
    @Key(doc = "Which column plays which part") ColumnsConfig columns,
    @Key(doc = "Where the result goes") OutputConfig output,
    @Inline MapConfig map,
    @Key(
            doc =
                "output.path of an earlier run whose specification is used again, so that new rows"
                    + " get the same features; the keys that it settles are then ignored")
        Optional<String> spec,
    @Key(
            doc = "Pairs of rows that the error of the kernel is measured on; 0 switches it off",
            fallback = "10000",
            effect = Effect.OPERATION)
        int pairs,
    @Key(
            doc =
                "Gate: largest root mean square error of the kernel over the measured pairs (softmax:"
                    + " relative); above it the run ends with code 5 and publishes nothing; unset: no"
                    + " gate",
            effect = Effect.OPERATION)
        OptionalDouble maxError,
    @Inline("precision = float") RunConfig run)
    implements Checked {
  /** Formats of Spark's own that hold no arrays; others speak for themselves when they write. */
  private static final Set<String> WITHOUT_ARRAYS = Set.of("csv", "text", "libsvm");

  /** Checks the range of each component. */
  public FeaturesConfig {
    if (pairs < 0) {
      throw new IllegalArgumentException("pairs must be at least 0, found " + pairs);
    }
    double gate = maxError.orElse(1);
    if (!(gate > 0)) {
      throw new IllegalArgumentException("max-error must be above 0, found " + gate);
    }
  }

  @Override
  public void check(Findings findings) {
    if (columns.features().isEmpty()) {
      findings.add("columns.features", "nothing to map", "name the column of the features");
    }
    if (maxError.isPresent() && pairs == 0) {
      findings.add("pairs", "the gate max-error has nothing to judge", "raise pairs");
    }
    if (WITHOUT_ARRAYS.contains(output.format().toLowerCase(Locale.ROOT))) {
      findings.add(
          "output.format",
          output.format() + " cannot hold the output column, an array of numbers",
          "use parquet, orc, json, or a table format such as delta or iceberg");
    }
  }
}
