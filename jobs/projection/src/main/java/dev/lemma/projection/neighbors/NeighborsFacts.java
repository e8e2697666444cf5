// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run would do, as far as it is known before rows are read. */
final class NeighborsFacts {
  private NeighborsFacts() {}

  static List<Fact> of(
      NeighborsConfig config, NeighborInput data, Optional<NeighborInput> queries) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("input", Source.name(config.input()), data.rows().schema().simpleString()));
    queries.ifPresent(
        asking ->
            facts.add(
                new Fact(
                    "queries",
                    Source.name(config.queries().orElseThrow()),
                    asking.rows().schema().simpleString())));
    facts.add(
        new Fact(
            "features",
            space(data.features()),
            "of "
                + String.join(", ", data.features().columns())
                + (data.dimension() > 0
                    ? "; rows kept dense, " + 4L * data.dimension() + " bytes each"
                    : "; rows kept sparse, 12 bytes for each non-zero value")));
    JoinConfig join = config.join();
    facts.add(new Fact("task", question(join), join.distance().key() + " distance"));
    facts.add(
        join.method() == NeighborMethod.EXACT
            ? new Fact("method", "exact tiles", "as configured; bits = any")
            : new Fact(
                "method",
                join.method() == NeighborMethod.LSH ? "lsh" : "chosen when distances are sampled",
                "for recall "
                    + Quantity.percent(join.recall()).text()
                    + "; the expected cost is told before pairs are compared; bits = any"));
    facts.add(
        new Fact(
            "budget", Quantity.count(join.budget()).text(), "most pairs that may be compared"));
    facts.add(
        new Fact(
            "passes",
            "2",
            "check and count rows; then collect distinct rows (of each input; tf-idf counts"
                + " document frequencies before that)"));
    facts.add(
        new Fact(
            "shuffles",
            join.method() == NeighborMethod.EXACT ? "5 to 7" : "5 to 12",
            "rows by hash; ids; tiles to the tiles that they meet, or bucket counts, and of buckets"
                + " of several tiles records, pairs and rows asked for; ids of the rows found"));
    return facts;
  }

  static String space(Features features) {
    return features.dimension().isPresent()
        ? "d = " + features.dimension().getAsLong()
        : "open space of 64-bit ids";
  }

  static String question(JoinConfig join) {
    return switch (join.task()) {
      case TOP_K -> "the " + join.k() + " nearest of each row";
      case RADIUS -> "all pairs within " + join.radius().orElseThrow();
      case GROUPS -> "groups connected within " + join.radius().orElseThrow();
    };
  }
}
