// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.function.Bm25;
import dev.lemma.math.linalg.Precision;
import java.util.List;
import java.util.Optional;

/**
 * Configuration of the job {@code related}.
 *
 * @param input the documents
 * @param queries texts that ask, or empty
 * @param ask texts that ask, given here
 * @param where which documents ask when no texts do, or empty for all
 * @param columns which column plays which part, in both tables
 * @param output where the result goes
 * @param k documents wanted for each query
 * @param terms of a document that asks
 * @param k1 saturation of repeated terms
 * @param b weight of a document's length
 * @param text what the terms of a text are
 * @param budget most pairs of a query and a document
 * @param run what all jobs have
 */
public record RelatedConfig(
    @Key(doc = "Where the documents come from") InputConfig input,
    @Key(
            doc =
                "A table of texts that ask; unset, and without ask: the documents ask, each by its"
                    + " strongest terms")
        Optional<InputConfig> queries,
    @Key(doc = "Texts that ask; their answers bear them as id", fallback = "[]") List<String> ask,
    @Key(
            doc =
                "Which documents ask, as a condition of Spark SQL over the columns of the input;"
                    + " unset: all")
        Optional<String> where,
    @Key(doc = "Which column plays which part, in input and queries alike") ColumnsConfig columns,
    @Key(doc = "Where the result goes") OutputConfig output,
    @Key(doc = "Documents wanted for each query", fallback = "10") int k,
    @Key(
            doc =
                "Terms that a document asks with, up to 10,000: those of highest tf-idf, its number"
                    + " of occurrences times the idf of BM25",
            fallback = "10")
        int terms,
    @Key(doc = "BM25: how slowly a repeated term saturates, from 0 on", fallback = "1.2") double k1,
    @Key(doc = "BM25: how much long documents are held back, 0 to 1", fallback = "0.75") double b,
    @Key(doc = "What the terms of a text are") TermsConfig text,
    @Key(
            doc = "Most pairs of a query and a document; where there are more the run ends",
            fallback = "1000000000000")
        long budget,
    @Inline RunConfig run)
    implements Checked {
  /** Texts that a configuration holds at most. */
  static final int MOST_ASKED = 1000;

  /** Terms that a document asks with at most: few are strong, and all travel to every tile. */
  static final int MOST_TERMS = 10_000;

  /** Checks the range of each component. */
  public RelatedConfig {
    ask = List.copyOf(ask);
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, found " + k);
    }
    if (terms < 1 || terms > MOST_TERMS) {
      throw new IllegalArgumentException(
          "terms must lie in 1 to " + MOST_TERMS + ", found " + terms);
    }
    if (budget < 1) {
      throw new IllegalArgumentException("budget must be at least 1, found " + budget);
    }
    new Bm25(k1, b);
    if (ask.size() > MOST_ASKED) {
      throw new IllegalArgumentException(
          "ask must hold at most " + MOST_ASKED + " texts, found " + ask.size());
    }
    if (ask.stream().distinct().count() < ask.size()) {
      throw new IllegalArgumentException("ask must not hold a text twice");
    }
  }

  @Override
  public void check(Findings findings) {
    if (columns.features().size() != 1) {
      findings.add(
          "columns.features",
          columns.features().isEmpty() ? "nothing to search" : "more than one column",
          "name the one column of the text");
    }
    if (columns.id().isEmpty()) {
      findings.add(
          "columns.id",
          "documents are told by their ids",
          "name the column that tells documents apart");
    }
    if (columns.keep().isPresent() && !columns.keep().get().isEmpty()) {
      findings.add(
          "columns.keep",
          "the result holds ids alone",
          "leave columns.keep out, and join the result with the input by id");
    }
    if (queries.isPresent() && !ask.isEmpty()) {
      findings.add("ask", "both a table and texts ask", "leave out ask or queries");
    }
    if (where.isPresent() && (queries.isPresent() || !ask.isEmpty())) {
      findings.add(
          "where", "it chooses documents that ask, and texts do", "leave where out, or the texts");
    }
    if (run.precision() != Precision.DOUBLE) {
      findings.add("precision", "scores are summed in double", "leave precision out");
    }
  }

  /** Whether the documents themselves ask. */
  boolean documentsAsk() {
    return queries.isEmpty() && ask.isEmpty();
  }

  Bm25 formula() {
    return new Bm25(k1, b);
  }
}
