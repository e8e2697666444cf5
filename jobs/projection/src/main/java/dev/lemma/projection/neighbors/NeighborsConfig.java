// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.linalg.Precision;
import dev.lemma.projection.TextConfig;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Configuration of the job {@code neighbors}.
 *
 * @param input the rows that are searched
 * @param queries the rows that ask, or empty: the input asks about itself
 * @param columns which column plays which part, in both
 * @param output where the result goes
 * @param join what is asked and how it is found
 * @param text how text becomes features
 * @param d number of features
 * @param run what all jobs have
 */
public record NeighborsConfig(
    @Key(doc = "Where the rows that are searched come from") InputConfig input,
    @Key(doc = "Where the rows that ask come from; unset: the input asks about itself")
        Optional<InputConfig> queries,
    @Key(doc = "Which column plays which part, in input and queries alike") ColumnsConfig columns,
    @Key(doc = "Where the result goes") OutputConfig output,
    @Inline JoinConfig join,
    @Key(doc = "How a text column becomes features") TextConfig text,
    @Key(doc = "Number of features; unset: from the column's metadata, else from one row")
        OptionalLong d,
    @Key(
            doc = "Rows that recall is measured on by brute force; 0 switches it off",
            fallback = "500",
            effect = Effect.OPERATION)
        int recallRows,
    @Inline("precision = float") RunConfig run)
    implements Checked {
  /** Checks the range of each component. */
  public NeighborsConfig {
    if (recallRows < 0) {
      throw new IllegalArgumentException("recall-rows must be at least 0, found " + recallRows);
    }
  }

  @Override
  public void check(Findings findings) {
    if (columns.features().isEmpty()) {
      findings.add("columns.features", "nothing to compare", "name the column of the features");
    }
    if (columns.id().isEmpty()) {
      findings.add(
          "columns.id",
          "neighbours are told by the ids of rows",
          "name the column that tells rows apart");
    }
    if (columns.keep().isPresent() && !columns.keep().get().isEmpty()) {
      findings.add(
          "columns.keep",
          "the result holds ids alone",
          "leave columns.keep out, and join the result with the input by id");
    }
    if (queries.isPresent() && join.task() == NeighborTask.GROUPS) {
      findings.add("queries", "groups are formed among the rows of one input", "leave queries out");
    }
    if (run.precision() != Precision.FLOAT) {
      findings.add(
          "precision",
          "rows are compared as they are in float, distances are summed in double",
          "leave precision out");
    }
    if (join.minRecall().isPresent() && recallRows == 0) {
      findings.add("recall-rows", "the gate min-recall has nothing to judge", "raise recall-rows");
    }
  }
}
