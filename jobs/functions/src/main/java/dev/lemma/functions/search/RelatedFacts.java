// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import dev.lemma.kit.io.Source;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Fact;
import java.util.ArrayList;
import java.util.List;

/** What a run would do, as far as it is known before rows are read. */
final class RelatedFacts {
  private RelatedFacts() {}

  static List<Fact> of(RelatedConfig config, TextInput documents) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("input", Source.name(config.input()), documents.rows().schema().simpleString()));
    facts.add(new Fact("queries", asking(config), "the " + config.k() + " best for each"));
    facts.add(
        new Fact(
            "score",
            "BM25 with k1 = " + config.k1() + ", b = " + config.b(),
            "idf = ln(1 + (N - n + 0.5) / (n + 0.5)); ties in favour of the smaller id"));
    facts.add(
        new Fact(
            "method", "exact", "every document that shares a term is reckoned with; bits = any"));
    facts.add(
        new Fact(
            "budget",
            Quantity.count(config.budget()).text(),
            "most pairs of a query and a document"));
    facts.add(
        new Fact("passes", "2", "check and count texts; then read them (of each table of texts)"));
    facts.add(
        new Fact(
            "shuffles",
            config.documentsAsk() ? "5" : "6",
            "ids and texts to tiles; counts of each tile's terms, and their sums back; queries to"
                + " all tiles, and answers back"));
    facts.add(
        new Fact(
            "tiles",
            "T = bytes / "
                + Quantity.bytes(TextTiles.TILE_BYTES / config.text().termsAWord()).text()
                + ", more where there are cores for them",
            "queries x T x ("
                + (config.documentsAsk() ? "8 x " + config.terms() : "12 for each term")
                + " + 12) bytes of queries cross the network, and at most queries x T x "
                + config.k()
                + " x (8 + id) of answers"));
    facts.add(
        new Fact(
            "driver memory", "40 bytes for each tile", "no texts, no terms, no answers: counts"));
    return facts;
  }

  /** Who asks, in words. */
  static String asking(RelatedConfig config) {
    if (config.queries().isPresent()) {
      return "the texts of " + Source.name(config.queries().get());
    }
    if (!config.ask().isEmpty()) {
      return config.ask().size() + (config.ask().size() == 1 ? " text" : " texts") + " of ask";
    }
    return (config.where().isPresent() ? "chosen documents by their " : "every document by its ")
        + config.terms()
        + " strongest terms";
  }
}
