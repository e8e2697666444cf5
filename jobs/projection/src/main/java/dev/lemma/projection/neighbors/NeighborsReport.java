// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Run;
import dev.lemma.math.neighbors.Amplification;
import dev.lemma.math.neighbors.CollisionLaw;
import dev.lemma.math.neighbors.HashSpec;
import dev.lemma.math.neighbors.Metric;
import dev.lemma.math.neighbors.PlanOption;
import dev.lemma.math.neighbors.RecallEstimate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a search says of itself, in the manifest and on its page. */
final class NeighborsReport {
  private static final int STEPS = 200;
  private static final int OPTIONS = 8;

  private final NeighborsConfig config;
  private final Search search;
  private final PointSet queries;
  private final PointSet data;
  private final Run run;
  private Optional<HashSearch.Prepared> formed = Optional.empty();

  NeighborsReport(NeighborsConfig config, Search search, PointSet queries, PointSet data, Run run) {
    this.config = config;
    this.search = search;
    this.queries = queries;
    this.data = data;
    this.run = run;
  }

  /** A measured recall in words. */
  static String recall(RecallEstimate measured) {
    return Quantity.percent(measured.estimate()).text()
        + " (99 % interval "
        + Quantity.percent(measured.lower()).text()
        + " to "
        + Quantity.percent(measured.upper()).text()
        + ")";
  }

  /** The method with its expected cost, told before a pair is compared. */
  void choice(Choice choice) {
    run.answer(
        "method: "
            + choice.text()
            + " ("
            + choice.why()
            + "); expected to compare "
            + Quantity.of(choice.compared()).text()
            + " of "
            + Quantity.of(choice.pairs()).text()
            + " pairs");
    run.metric("method", choice.isExact() ? "exact" : "lsh");
    run.metric("method-text", choice.text());
    run.metric("method-why", choice.why());
    run.metric("all-pairs", choice.pairs());
    run.metric("expected-pairs", choice.compared());
    run.metric("distinct-rows", data.points());
    if (!search.isSelf()) {
      run.metric("distinct-queries", queries.points());
    }
  }

  /** What the counted buckets tell. */
  void buckets(HashSearch.Prepared prepared) {
    BucketCounts counts = prepared.counts();
    run.answer(
        "buckets: "
            + Quantity.count(counts.records()).text()
            + " records, "
            + Quantity.of(counts.collisions()).text()
            + " meetings, at most "
            + Quantity.count(counts.largest()).text()
            + " in one; "
            + prepared.lengthened()
            + " lengthened, "
            + prepared.hashing().hot().length
            + " split");
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("records", counts.records());
    metric.put("collisions", counts.collisions());
    metric.put("largest", counts.largest());
    metric.put("lengthened", prepared.lengthened());
    metric.put("split", prepared.hashing().hot().length);
    if (prepared.loss().buckets() > 0) {
      HashSearch.Loss loss = prepared.loss();
      metric.put("capped", loss.buckets());
      metric.put("dropped-records", loss.records());
      metric.put("dropped-meetings", loss.meetings());
      run.warn(
          Quantity.count(loss.buckets())
              + (loss.buckets() == 1 ? " bucket holds" : " buckets hold")
              + " more rows than bucket-cap = "
              + config.join().bucketCap().orElseThrow()
              + ": "
              + Quantity.count(loss.records())
              + " records are left out, "
              + Quantity.of(loss.meetings())
              + " meetings with them; the measured recall tells what was lost");
    }
    run.metric("buckets", metric);
    if (prepared.lengthened() > 0) {
      run.warn(
          Quantity.count(prepared.lengthened()).text()
              + " crowded buckets were given longer keys: rows in them meet less often, as the"
              + " measured recall tells");
    }
    formed = Optional.of(prepared);
  }

  /** The result. */
  void result(Choice choice, long found, long written, Optional<RecallEstimate> recall) {
    run.metric("pairs-found", found);
    Page page = run.report();
    page.headline(Quantity.count(written), "rows written", NeighborsFacts.question(config.join()));
    if (recall.isPresent() && recall.get().wanted() > 0) {
      RecallEstimate measured = recall.get();
      Map<String, Object> metric = new LinkedHashMap<>();
      metric.put("estimate", measured.estimate());
      metric.put("lower", measured.lower());
      metric.put("upper", measured.upper());
      metric.put("confidence", measured.confidence());
      metric.put("queries", measured.queries());
      metric.put("wanted", measured.wanted());
      metric.put("found", measured.found());
      run.metric("recall", metric);
      run.answer(
          "recall: "
              + recall(measured)
              + ", of "
              + Quantity.count(measured.wanted()).text()
              + " true neighbours of "
              + Quantity.count(measured.queries()).text()
              + " sampled rows");
      page.headline(
          Quantity.percent(measured.estimate()),
          "measured recall",
          "99 % interval "
              + Quantity.percent(measured.lower()).text()
              + " to "
              + Quantity.percent(measured.upper()).text()
              + ", "
              + Quantity.count(measured.queries()).text()
              + " sampled rows");
    }
    page.headline(
        Quantity.of(choice.compared()),
        choice.isExact() ? "pairs compared" : "pairs expected to be compared",
        "of " + Quantity.of(choice.pairs()).text());
    page.section("Method", choice.text() + ": " + choice.why() + ".");
    choice
        .option()
        .flatMap(PlanOption::hash)
        .ifPresent(
            spec ->
                page.figure(
                    curve(spec, choice.option().orElseThrow()),
                    "The chance that two rows at a distance become a candidate, by the law of the"
                        + " hash functions: close to 1 where pairs are wanted, close to 0 where"
                        + " most pairs lie. The dashed line is one hash alone."));
    choice.plan().ifPresent(plan -> page.table(options(choice)));
    page.section("Run", "");
    page.fact("distinct rows", Quantity.count(data.points()).text(), "equal rows are one point");
    page.fact("rows", Quantity.count(data.rows()).text(), "");
    if (!search.isSelf()) {
      page.fact("queries", Quantity.count(queries.rows()).text(), "");
    }
    formed.ifPresent(
        prepared ->
            page.fact(
                "bucket records",
                Quantity.count(prepared.counts().records()).text(),
                Quantity.of(prepared.counts().collisions()).text()
                    + " meetings; at most "
                    + Quantity.count(prepared.counts().largest()).text()
                    + " in one bucket; "
                    + prepared.lengthened()
                    + " lengthened, "
                    + prepared.hashing().hot().length
                    + " split"));
    page.fact("pairs of points found", Quantity.count(found).text(), "");
    page.fact("task", NeighborsFacts.question(config.join()), search.metric().key());
    page.fact("seed", Long.toString(config.run().seed()), "");
    page.fact("bits", "any", "numbers, ties and distances depend on the rows alone");
  }

  private LineChart curve(HashSpec spec, PlanOption option) {
    CollisionLaw law = CollisionLaw.of(spec);
    double far =
        search.metric() == Metric.COSINE ? 1.2 : Math.max(4 * spec.width(), 2 * search.radius());
    double[] distances = new double[STEPS + 1];
    double[] met = new double[STEPS + 1];
    double[] one = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      distances[i] = far * i / STEPS;
      one[i] = law.probability(distances[i]);
      met[i] = Amplification.found(StrictMath.pow(one[i], spec.hashes()), spec.tables());
    }
    LineChart chart =
        LineChart.of(
                "Chance to become a candidate",
                Axis.linear(search.metric().key() + " distance"),
                Axis.linear("chance").from(0).to(1).percent())
            .line(spec.tables() + " tables of " + spec.hashes() + " hashes", distances, met)
            .dashed("one hash", distances, one);
    return search.isTopK()
        ? chart.horizontal(option.recall(), "expected recall")
        : chart.vertical(search.radius(), "radius");
  }

  private Table options(Choice choice) {
    Table table =
        Table.of("method", "tables", "hashes", "candidates", "record bytes", "seconds a core");
    int shown = 0;
    for (PlanOption option : choice.plan().orElseThrow().options()) {
      if (shown++ < OPTIONS || choice.option().filter(option::equals).isPresent()) {
        table =
            row(
                table,
                option,
                option.candidates(),
                choice.option().filter(option::equals).isPresent());
      }
    }
    return row(table, choice.plan().get().exact(), choice.exactPairs(), choice.isExact());
  }

  private static Table row(Table table, PlanOption option, double candidates, boolean chosen) {
    Object[] cells = {
      option.hash().map(spec -> spec.kind().key()).orElse("exact tiles"),
      option.hash().map(spec -> Integer.toString(spec.tables())).orElse(""),
      option.hash().map(spec -> Integer.toString(spec.hashes())).orElse(""),
      Quantity.of(candidates),
      Quantity.bytes((long) option.bytes()),
      Quantity.seconds(option.seconds())
    };
    return chosen ? table.chosen(cells) : table.row(cells);
  }
}
