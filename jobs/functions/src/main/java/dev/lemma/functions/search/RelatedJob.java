// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import java.util.List;
import java.util.Optional;

/** BM25 search for texts, and documents related to documents. */
public final class RelatedJob implements Job<RelatedConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public RelatedJob() {}

  @Override
  public String name() {
    return "related";
  }

  @Override
  public String summary() {
    return "full-text search by BM25 and related documents, exact";
  }

  @Override
  public Class<RelatedConfig> configuration() {
    return RelatedConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(RelatedConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(RelatedConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(RelatedConfig config, Run run) {
    TextInput documents = TextInput.documents(config, run);
    if (!config.documentsAsk()) {
      TextInput.queries(config, run);
    }
    return RelatedFacts.of(config, documents);
  }

  @Override
  public void run(RelatedConfig config, Run run) {
    run.bits(Bits.ANY);
    Source.record(run, "input", config.input());
    config.queries().ifPresent(input -> Source.record(run, "queries", input));
    TextInput documents = run.phase("open the input", () -> TextInput.documents(config, run));
    Optional<TextInput> queries =
        config.documentsAsk()
            ? Optional.empty()
            : Optional.of(run.phase("open the queries", () -> TextInput.queries(config, run)));
    try (Corpus corpus = corpus(config, run, documents)) {
      if (queries.isPresent()) {
        try (TextTiles texts = collect(config, run, "queries", queries.get())) {
          refuseAbove(config.budget(), texts.size().texts(), corpus.size().texts());
          try (Answers answers = Answers.ofTexts(corpus, texts, config.k())) {
            answer(config, run, documents, queries.get(), answers);
          }
        }
      } else {
        refuseAbove(config.budget(), corpus.size().asking(), corpus.size().texts());
        try (Answers answers = Answers.ofDocuments(corpus, config.k())) {
          answer(config, run, documents, documents, answers);
        }
      }
    }
  }

  private static Corpus corpus(RelatedConfig config, Run run, TextInput documents) {
    try (TextTiles texts = collect(config, run, "documents", documents)) {
      Corpus corpus = Corpus.of(texts, config);
      long vocabulary = run.phase("weigh the terms", corpus::vocabulary);
      RelatedReport.corpus(run, config, corpus, vocabulary);
      return corpus;
    }
  }

  private static TextTiles collect(RelatedConfig config, Run run, String name, TextInput input) {
    TextInput.Checked checked = run.phase("check the " + name, input::check);
    RowCounts counts = checked.counts();
    RowScreen screen = input.screen();
    boolean primary = name.equals("documents");
    if (config.run().onBadRow() == BadRows.QUARANTINE && counts.rejected() > 0) {
      run.phase(
          "keep rejected " + name,
          () ->
              run.publication()
                  .writeToRun(primary ? "rejected" : "rejected-" + name, screen.rejected()));
    }
    screen.settle(counts, config.run().onBadRow(), config.run().badRowLimit());
    if (counts.rejected() > 0) {
      run.warn(
          Quantity.count(counts.rejected()).text()
              + " of the "
              + name
              + (counts.rejected() == 1 ? " was" : " were")
              + " left out: "
              + counts.reasons());
    }
    run.rows(counts.rows(), 0, counts.rejected());
    TextTiles tiles =
        run.phase("read the " + name, () -> TextTiles.of(input, checked, config.text()));
    if (tiles.size().repeated() > 0) {
      run.warn(
          Quantity.count(tiles.size().repeated()).text()
              + " of the "
              + name
              + (tiles.size().repeated() == 1 ? " has" : " have")
              + " the id of another: the result cannot tell them apart");
    }
    return tiles;
  }

  private static void refuseAbove(long budget, long queries, long documents) {
    double pairs = (double) queries * documents;
    if (pairs > budget) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "budget",
              "there are more pairs of a query and a document than there may be",
              Quantity.count(queries).text() + " x " + Quantity.count(documents).text(),
              "at most " + budget,
              "choose documents by where, ask fewer queries, or raise budget"));
    }
  }

  private static void answer(
      RelatedConfig config, Run run, TextInput documents, TextInput asking, Answers answers) {
    AnswerSummary summary = run.phase("search", () -> answers.summary(config.k()));
    run.phase(
        "write the result",
        () ->
            run.publication()
                .write(answers.rows(run.spark(), asking.idType(), documents.idType())));
    run.rows(0, summary.found(), 0);
    RelatedReport.result(run, config, answers, summary);
  }
}
