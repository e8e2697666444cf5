// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.linalg.Precision;
import java.util.List;
import java.util.OptionalLong;

/**
 * Configuration of the job {@code logistic-stats}.
 *
 * @param input where rows come from
 * @param columns which column plays which part
 * @param output where the statistics table goes
 * @param keys columns whose values get statistics of their own
 * @param folds number of folds F
 * @param weights what weights mean
 * @param d number of features
 * @param memory most that the statistics of one key may take
 * @param run what all jobs have
 */
public record StatsConfig(
    @Key(doc = "Where the rows come from") InputConfig input,
    @Key(doc = "Which column plays which part") ColumnsConfig columns,
    @Key(doc = "Where the statistics table goes") OutputConfig output,
    @Key(
            doc =
                "Columns whose values get statistics of their own, such as day; they become the"
                    + " first columns of the table",
            fallback = "[]")
        List<String> keys,
    @Key(
            doc =
                "Number of folds: a row's fold is a hash of its key, and models that leave a fold"
                    + " out cost no pass; only statistics of the same number add up",
            fallback = "5")
        int folds,
    @Key(
            doc =
                "What a weight means: frequency (so many equal rows), importance, or signed"
                    + " (frequency, and a negative weight takes back a row counted before)",
            fallback = "importance")
        WeightMeaning weights,
    @Key(doc = "Number of features; unset: from the column's metadata, else from one row")
        OptionalLong d,
    @Key(
            doc =
                "Most that the statistics of one key may take: each class has a scatter matrix of"
                    + " its own while all of them fit, else they share one",
            fallback = "512MB",
            type = "bytes such as 512MB")
        ByteSize memory,
    @Inline("kernel = fast") RunConfig run)
    implements Checked {
  /** Checks the range of each component. */
  public StatsConfig {
    keys = List.copyOf(keys);
    if (folds < 1) {
      throw new IllegalArgumentException("folds must be at least 1, found " + folds);
    }
    if (keys.stream().distinct().count() < keys.size()) {
      throw new IllegalArgumentException("keys must not name a column twice");
    }
  }

  /** A class that is learnt from itself is learnt perfectly, and for nothing. */
  static void checkLeak(ColumnsConfig columns, Findings findings) {
    columns
        .label()
        .filter(label -> columns.features().stream().anyMatch(label::equalsIgnoreCase))
        .ifPresent(
            label ->
                findings.add(
                    "columns.features", label + " is the class to learn", "leave it out of them"));
  }

  @Override
  public void check(Findings findings) {
    if (columns.features().isEmpty()) {
      findings.add("columns.features", "nothing to learn from", "name the column of the features");
    }
    if (columns.label().isEmpty()) {
      findings.add("columns.label", "nothing to learn", "name the column of the class");
    }
    checkLeak(columns, findings);
    if (weights == WeightMeaning.SIGNED && columns.weight().isEmpty()) {
      findings.add("columns.weight", "weights = signed has no weights", "name their column");
    }
    if (run.precision() == Precision.FLOAT) {
      findings.add("precision", "statistics are kept in double precision", "leave it out");
    }
    for (String column : output.partitionBy()) {
      if (!keys.contains(column)) {
        findings.add("output.partition-by", column + " is none of the keys", "add it to keys");
      }
    }
  }
}
