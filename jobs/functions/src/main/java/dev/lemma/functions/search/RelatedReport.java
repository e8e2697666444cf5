// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.Histogram;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Run;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What a run says of itself, in the manifest and on its page. */
final class RelatedReport {
  private static final int SHOWN = 20;
  private static final int RANKS = 3;

  private RelatedReport() {}

  /** What was read. */
  static void corpus(Run run, RelatedConfig config, Corpus corpus, long vocabulary) {
    TextTile.Size size = corpus.size();
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("documents", size.texts());
    metric.put("without-terms", size.empty());
    metric.put("distinct-terms", vocabulary);
    metric.put("terms", size.length());
    metric.put("mean-length", size.texts() == 0 ? 0 : (double) size.length() / size.texts());
    metric.put("tiles", corpus.count());
    run.metric("corpus", metric);
    run.answer(
        "corpus: "
            + counted(size.texts(), "document", "documents")
            + ", "
            + counted(vocabulary, "distinct term", "distinct terms")
            + ", mean length "
            + mean(size)
            + " terms");
    if (size.texts() == 0) {
      run.warn("there are no documents: the result is empty");
    } else if (size.empty() > 0) {
      run.warn(
          Quantity.count(size.empty()).text()
              + (size.empty() == 1 ? " document has" : " documents have")
              + " no term: nothing finds them"
              + (config.documentsAsk() ? ", and they ask nothing" : ""));
    }
    if (config.documentsAsk() && size.asking() == 0 && size.texts() > 0) {
      run.warn("where holds for no document: nothing is asked");
    }
  }

  /** What was found. */
  static void result(Run run, RelatedConfig config, Answers answers, AnswerSummary summary) {
    long documents = answers.corpus().size().texts();
    metrics(run, config, summary, documents);
    if (summary.empty() > 0 && documents > 0 && !config.documentsAsk()) {
      run.warn(
          Quantity.count(summary.empty()).text()
              + (summary.empty() == 1 ? " query has" : " queries have")
              + " no term that a document has: nothing was found for "
              + (summary.empty() == 1 ? "it" : "them"));
    }
    run.answer(
        "found: "
            + counted(summary.found(), "document", "documents")
            + " for "
            + counted(summary.queries(), "query", "queries")
            + "; for "
            + Quantity.count(summary.incomplete()).text()
            + " of them fewer than k = "
            + config.k()
            + " share a term");
    Page page = run.report();
    page.headline(Quantity.count(summary.queries()), "queries", RelatedFacts.asking(config));
    if (summary.asked() > 0) {
      double share = (double) summary.first() / summary.asked();
      run.answer(
          "first for their own terms: "
              + Quantity.percent(share).text()
              + " of the "
              + counted(summary.asked(), "document", "documents")
              + " that asked");
      page.headline(
          Quantity.percent(share), "come first", "for their own terms: no other scores higher");
    }
    double pairs = (double) summary.queries() * documents;
    if (pairs > 0) {
      String scored = Quantity.percent(summary.work().scored() / pairs).text();
      run.answer(
          "scored: "
              + scored
              + " of "
              + Quantity.of(pairs).text()
              + " pairs, the others cannot be among the "
              + config.k()
              + " best");
      page.headline(scored, "of all pairs scored", "the others cannot be among the best");
    }
    if (summary.asked() > 0) {
      closeness(page, config, summary);
    }
    if (!config.ask().isEmpty()) {
      asked(run, config);
    }
    facts(page, config, answers, summary);
  }

  private static void metrics(
      Run run, RelatedConfig config, AnswerSummary summary, long documents) {
    run.metric("queries", summary.queries());
    run.metric("found", summary.found());
    run.metric("queries-without-answer", summary.empty());
    run.metric("queries-with-fewer-than-k", summary.incomplete());
    if (config.documentsAsk()) {
      run.metric("asked", summary.asked());
      run.metric("first-for-own-terms", summary.first());
    }
    Map<String, Object> work = new LinkedHashMap<>();
    work.put("pairs", (double) summary.queries() * documents);
    work.put("pairs-scored", summary.work().scored());
    work.put("entries-listed", summary.work().listed());
    work.put("entries-read", summary.work().read());
    run.metric("work", work);
  }

  private static void closeness(Page page, RelatedConfig config, AnswerSummary summary) {
    page.section(
        "How near the found are",
        "Score of a document found over the score of the document that asks, for the same terms."
            + " At 1 both answer alike; nothing found counts as 0.");
    page.figure(
        shares("The best found", summary.closest()),
        "Above 1: a shorter document that has the terms, or has them more often.");
    if (config.k() > 1) {
      page.figure(
          shares("The last of the " + config.k(), summary.farthest()),
          "Far below the best: lists end among documents that share a term or two.");
    }
  }

  private static Histogram shares(String title, long[] counts) {
    return Histogram.ofCounts(
            title, 0, AnswerSummary.HIGHEST, Arrays.copyOf(counts, AnswerSummary.BINS))
        .x(Axis.linear("share of the asking document's own score"))
        .counting("documents")
        .with(0, counts[AnswerSummary.BINS], 0);
  }

  /** The first answers to the texts of the configuration, which are few. */
  private static void asked(Run run, RelatedConfig config) {
    List<String> texts = config.ask().subList(0, Math.min(SHOWN, config.ask().size()));
    Map<String, String[]> cells = new LinkedHashMap<>();
    texts.forEach(text -> cells.put(text, new String[] {"", "", ""}));
    run.publication()
        .staged()
        .filter(
            functions
                .col(Answers.RANK)
                .leq(RANKS)
                .and(functions.col(Answers.ID).isInCollection(texts)))
        .select(
            functions.col(Answers.ID),
            functions.col(Answers.RANK),
            functions.col(Answers.NEIGHBOR).cast("string"),
            functions.col(Answers.SCORE))
        .collectAsList()
        .forEach(row -> cells.get(row.getString(0))[row.getInt(1) - 1] = cell(row));
    Table table = Table.of("query", "first", "second", "third");
    for (Map.Entry<String, String[]> entry : cells.entrySet()) {
      String[] best = entry.getValue();
      table = table.row(entry.getKey(), best[0], best[1], best[2]);
    }
    run.report().section("Answers", "Ids of the best documents, with their scores.").table(table);
  }

  private static String cell(Row row) {
    return row.getString(2) + " (" + Quantity.of(row.getDouble(3)).text() + ")";
  }

  private static void facts(
      Page page, RelatedConfig config, Answers answers, AnswerSummary summary) {
    TextTile.Size size = answers.corpus().size();
    page.section("How", "");
    page.fact(
        "score",
        "BM25 with k1 = " + config.k1() + ", b = " + config.b(),
        "idf = ln(1 + (N - n + 0.5) / (n + 0.5))");
    page.fact(
        "mean length",
        mean(size) + " terms",
        "of " + Quantity.count(size.texts()).text() + " documents");
    page.fact(
        "found",
        Quantity.count(summary.found()).text(),
        "at most " + config.k() + " for each query");
    page.fact(
        "lists",
        Quantity.percent(share(summary.work().read(), summary.work().listed())).text(),
        "of "
            + Quantity.of(summary.work().listed()).text()
            + " entries in the lists of the queries' terms were read or looked up");
    page.fact(
        "short answers",
        Quantity.count(summary.incomplete()).text(),
        "queries that fewer than " + config.k() + " documents share a term with");
    page.fact(
        "tiles",
        Integer.toString(answers.corpus().count()),
        "queries were sent to each; the result does not depend on them");
    page.fact("bits", "any", "exact; ties in favour of the smaller id");
  }

  private static String counted(long count, String one, String more) {
    return Quantity.count(count).text() + " " + (count == 1 ? one : more);
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static String mean(TextTile.Size size) {
    return Quantity.of(size.texts() == 0 ? 0 : (double) size.length() / size.texts()).text();
  }
}
