// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Configuration of the job {@code logistic-merge}.
 *
 * @param statistics the statistics to choose from
 * @param window which of them are added
 * @param base merged statistics that they are added to
 * @param subtract which are taken away
 * @param keys key columns that stay apart
 * @param decay factor for each unit of age
 * @param decayBy key column that tells the age
 * @param reference which statistics the window is compared with
 * @param driftLimit the gate
 * @param memory most that the statistics of one key may take
 * @param output where the merged table goes
 * @param run what all jobs have
 */
public record MergeConfig(
    @Key(
            doc = "output.path of logistic-stats or logistic-merge: the statistics to choose from",
            effect = Effect.DATA)
        String statistics,
    @Key(
            doc =
                "Condition in SQL on the key columns, such as day >= '2026-11-01': the statistics"
                    + " to add up; unset: all",
            effect = Effect.DATA)
        Optional<String> window,
    @Key(
            doc =
                "output.path of an earlier logistic-merge that the window is added to; multiplied"
                    + " by decay once",
            effect = Effect.DATA)
        Optional<String> base,
    @Key(
            doc =
                "Condition in SQL on the key columns: the statistics to take away, which were added"
                    + " before",
            effect = Effect.DATA)
        Optional<String> subtract,
    @Key(doc = "Key columns whose values stay apart; the others are added up", fallback = "[]")
        List<String> keys,
    @Key(
            doc = "Factor on the weight of statistics for each unit of their age; 1: none",
            fallback = "1")
        double decay,
    @Key(
            doc =
                "Key column that tells the age against the newest in the window: days for dates and"
                    + " timestamps, units for numbers")
        Optional<String> decayBy,
    @Key(
            doc =
                "Condition in SQL on the key columns: statistics that the window's class means are"
                    + " compared with, by Hotelling's T^2; unset: no comparison",
            effect = Effect.OPERATION)
        Optional<String> reference,
    @Key(
            doc =
                "Gate: largest Mahalanobis distance between a class mean of the window and of the"
                    + " reference, in standard deviations; above it the run ends with code 5;"
                    + " unset: no gate",
            effect = Effect.OPERATION)
        OptionalDouble driftLimit,
    @Key(
            doc = "Most that the statistics of one key may take, as in logistic-stats",
            fallback = "512MB",
            type = "bytes such as 512MB")
        ByteSize memory,
    @Key(doc = "Where the merged table goes") OutputConfig output,
    @Inline RunConfig run)
    implements Checked {
  /** Checks the range of each component. */
  public MergeConfig {
    keys = List.copyOf(keys);
    if (statistics.isBlank()) {
      throw new IllegalArgumentException("statistics must name a path, found an empty text");
    }
    if (!(driftLimit.orElse(0) >= 0)) {
      throw new IllegalArgumentException(
          "drift-limit must be at least 0, found " + driftLimit.getAsDouble());
    }
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException("decay must lie above 0 and up to 1, found " + decay);
    }
  }

  @Override
  public void check(Findings findings) {
    if (decay < 1 && decayBy.isEmpty() && base.isEmpty()) {
      findings.add("decay-by", "decay by the age of what?", "name a key column, or set base");
    }
    if (decayBy.isPresent() && decay == 1) {
      findings.add("decay", "a factor of 1 forgets nothing", "lower decay, or leave decay-by out");
    }
    if (reference.isPresent() && !keys.isEmpty()) {
      findings.add(
          "reference", "one window is compared at a time", "leave keys out, or choose in window");
    }
    if (driftLimit.isPresent() && reference.isEmpty()) {
      findings.add("reference", "the gate drift-limit has nothing to judge", "set reference");
    }
    for (String column : output.partitionBy()) {
      if (!keys.contains(column)) {
        findings.add("output.partition-by", column + " is none of the keys", "add it to keys");
      }
    }
  }
}
