// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

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
 * Configuration of the job {@code project}.
 *
 * @param input where rows come from
 * @param columns which column plays which part
 * @param output where the result goes
 * @param target guarantee and matrix
 * @param text how text becomes features
 * @param direction project, or take projected rows back
 * @param spec an earlier output whose space the rows shall land in
 * @param pairs how many pairs the distortion is measured on
 * @param maxShareOutside the gate
 * @param run what all jobs have
 */
public record ProjectConfig(
    @Key(doc = "Where the rows come from") InputConfig input,
    @Key(doc = "Which column plays which part") ColumnsConfig columns,
    @Key(doc = "Where the result goes") OutputConfig output,
    @Inline TargetConfig target,
    @Key(doc = "How a text column becomes features") TextConfig text,
    @Key(
            doc =
                "project: x to Rx, in column projected; back-project: a projected y back to R'y, in"
                    + " column back_projected (needs spec)",
            fallback = "project")
        Direction direction,
    @Key(
            doc =
                "output.path of an earlier run whose specification is used again, so that new rows"
                    + " land in the same space; the keys that it settles are then ignored")
        Optional<String> spec,
    @Key(
            doc = "Pairs of rows that the distortion is measured on; 0 switches it off",
            fallback = "10000",
            effect = Effect.OPERATION)
        int pairs,
    @Key(
            doc =
                "Gate: largest share of the measured pairs outside eps; above it the run ends with"
                    + " code 5 and publishes nothing; unset: no gate",
            effect = Effect.OPERATION)
        OptionalDouble maxShareOutside,
    @Inline("precision = float") RunConfig run)
    implements Checked {
  /** Formats of Spark's own that hold no arrays; others speak for themselves when they write. */
  private static final Set<String> WITHOUT_ARRAYS = Set.of("csv", "text", "libsvm");

  /** Which way rows go. */
  public enum Direction {
    /** From d dimensions to k. */
    PROJECT,
    /** From k dimensions to d. */
    BACK_PROJECT
  }

  /** Checks the range of each component. */
  public ProjectConfig {
    if (pairs < 0) {
      throw new IllegalArgumentException("pairs must be at least 0, found " + pairs);
    }
    double gate = maxShareOutside.orElse(0);
    if (!(gate >= 0 && gate <= 1)) {
      throw new IllegalArgumentException("max-share-outside must lie in 0 to 1, found " + gate);
    }
  }

  @Override
  public void check(Findings findings) {
    if (columns.features().isEmpty()) {
      findings.add("columns.features", "nothing to project", "name the column of the features");
    }
    if (maxShareOutside.isPresent() && pairs == 0) {
      findings.add("pairs", "the gate max-share-outside has nothing to judge", "raise pairs");
    }
    if (WITHOUT_ARRAYS.contains(output.format().toLowerCase(Locale.ROOT))) {
      findings.add(
          "output.format",
          output.format() + " cannot hold the output column, an array of numbers",
          "use parquet, orc, json, or a table format such as delta or iceberg");
    }
    if (direction == Direction.BACK_PROJECT && spec.isEmpty()) {
      findings.add("spec", "back-projection of which projection?", "set spec");
    }
  }
}
