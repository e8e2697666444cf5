// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowReader;
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
import dev.lemma.math.neighbors.JoinSides;
import dev.lemma.math.neighbors.PlanOption;
import dev.lemma.math.neighbors.RecallEstimate;
import java.util.List;
import java.util.Optional;

/** Nearest neighbours, similarity joins and groups of near-duplicates. */
public final class NeighborsJob implements Job<NeighborsConfig> {
  /** Purpose of the sample that recall is measured on. */
  static final String RECALL = "neighbors/recall";

  /** For {@link java.util.ServiceLoader}. */
  public NeighborsJob() {}

  @Override
  public String name() {
    return "neighbors";
  }

  @Override
  public String summary() {
    return "approximate nearest neighbours, similarity join, near-duplicates, with measured recall";
  }

  @Override
  public Class<NeighborsConfig> configuration() {
    return NeighborsConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(NeighborsConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(NeighborsConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(NeighborsConfig config, Run run) {
    NeighborInput data = NeighborInput.open(config, config.input(), run);
    Optional<NeighborInput> queries =
        config.queries().map(input -> NeighborInput.open(config, input, run));
    return NeighborsFacts.of(config, data, queries);
  }

  @Override
  public void run(NeighborsConfig config, Run run) {
    run.bits(Bits.ANY);
    Source.record(run, "input", config.input());
    config.queries().ifPresent(input -> Source.record(run, "queries", input));
    NeighborInput data =
        run.phase("open the input", () -> NeighborInput.open(config, config.input(), run));
    RowReader reader = run.phase("settle the features", data::reader);
    try (PointSet points = points(config, run, "input", data, reader)) {
      checkIds(run, "input", data.id(), points);
      if (config.queries().isEmpty()) {
        search(config, run, points, points);
        return;
      }
      NeighborInput asking =
          run.phase(
              "open the queries", () -> NeighborInput.open(config, config.queries().get(), run));
      requireLike(data, asking);
      // Texts of queries are weighed by the frequencies of the rows that are searched.
      try (PointSet queries = points(config, run, "queries", asking, reader)) {
        checkIds(run, "queries", asking.id(), queries);
        search(config, run, queries, points);
      }
    }
  }

  private static void requireLike(NeighborInput data, NeighborInput queries) {
    if (!data.features().dimension().equals(queries.features().dimension())) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "queries",
              "its rows have other features than those of input",
              NeighborsFacts.space(queries.features()),
              NeighborsFacts.space(data.features()),
              "name a table of the same features"));
    }
  }

  private static PointSet points(
      NeighborsConfig config, Run run, String name, NeighborInput input, RowReader reader) {
    boolean self = config.queries().isEmpty();
    RowCheck check =
        run.phase("check rows of " + name, () -> self ? input.draw(reader) : input.check(reader));
    RowScreen screen = RowScreen.of(input.rows(), input.features(), reader, config.columns().id());
    RowCounts counts = check.counts();
    if (name.equals("input")) {
      screen.settle(run, config.run(), counts);
    } else {
      screen.settle(run, config.run(), counts, name);
    }
    run.rows(counts.rows(), 0, counts.rejected());
    return run.phase(
        "collect distinct rows of " + name,
        () ->
            self
                ? input.points(reader, check, config.join().distance())
                : input.points(reader, check));
  }

  private static void checkIds(Run run, String name, String id, PointSet points) {
    PointSet.Ids ids = run.phase("count ids of " + name, () -> points.ids(run.spark()));
    if (ids.missing() > 0) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              "columns.id = " + id,
              ids.missing()
                  + (ids.missing() == 1 ? " row of " + name + " has" : " rows of " + name + " have")
                  + " no id",
              "fill the column, or leave these rows out"));
    }
    if (ids.repeated() > 0) {
      run.warn(
          Quantity.count(ids.repeated())
              + (ids.repeated() == 1 ? " row of " : " rows of ")
              + name
              + (ids.repeated() == 1 ? " repeats" : " repeat")
              + " the id of another (column "
              + id
              + "): the result, which tells rows by their ids, cannot tell them apart");
    }
  }

  private static void search(NeighborsConfig config, Run run, PointSet queries, PointSet data) {
    Search search =
        Search.of(config.join(), config.queries().isPresent() ? JoinSides.TWO : JoinSides.SELF);
    Choice choice =
        run.phase(
            "choose a method",
            () ->
                Choice.of(config.join(), config.run().seed(), search, queries, data, run.spark()));
    NeighborsReport report = new NeighborsReport(config, search, queries, data, run);
    report.choice(choice);
    choice.refuseAbove(config.join().budget());
    try (Found found = find(config, run, search, queries, data, choice, report);
        Components components = new Components(Components.ONE_TASK)) {
      long pairs = run.phase("compare pairs", found::count);
      Optional<RecallEstimate> recall = Optional.empty();
      if (config.recallRows() > 0 && queries.points() > 0 && data.points() > 0) {
        recall =
            Optional.of(
                run.phase(
                    "measure recall",
                    () ->
                        RecallSample.measure(
                            run.spark(),
                            search,
                            queries,
                            data,
                            found,
                            RECALL,
                            config.run().seed(),
                            config.recallRows())));
      }
      run.phase(
          "write the result",
          () ->
              run.publication()
                  .write(new Results(run.spark(), search, queries, data).of(found, components)));
      long written = run.publication().staged().count();
      run.rows(0, written, 0);
      report.result(choice, pairs, written, recall);
      recall.ifPresent(measured -> gate(config, run, measured));
    }
  }

  private static Found find(
      NeighborsConfig config,
      Run run,
      Search search,
      PointSet queries,
      PointSet data,
      Choice choice,
      NeighborsReport report) {
    if (choice.isExact()) {
      return choice.exact(search, queries, data);
    }
    PlanOption option = choice.option().orElseThrow();
    HashSearch hashes = new HashSearch(search, queries, data);
    HashSearch.Prepared prepared =
        run.phase(
            "count buckets",
            () ->
                hashes.prepare(
                    option.hash().orElseThrow(),
                    option.probes(),
                    option.collisions(),
                    option.candidates(),
                    config.join().bucketCap()));
    report.buckets(prepared);
    HashSearch.refuseAbove(config.join().budget(), prepared, option);
    return hashes.search(prepared);
  }

  private static void gate(NeighborsConfig config, Run run, RecallEstimate measured) {
    if (config.join().minRecall().isEmpty()) {
      return;
    }
    double least = config.join().minRecall().getAsDouble();
    if (measured.wanted() == 0) {
      run.warn("the sampled rows have no neighbours to find: the gate min-recall judged nothing");
    } else if (measured.estimate() < least) {
      run.gate(
          new Problem(
              "min-recall",
              "the search found a smaller share of the true pairs than it must",
              NeighborsReport.recall(measured),
              "at least " + Quantity.percent(least).text(),
              "raise recall, or set method = exact"));
    }
  }
}
