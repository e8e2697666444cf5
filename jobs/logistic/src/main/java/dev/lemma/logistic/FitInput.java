// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.MergeTree;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * What a fit reads, opened and checked against each other.
 *
 * @param table stored statistics, if the first pass is made already
 * @param rows the rows, if any pass reads them
 * @param header what the statistics are of
 * @param size how large they get
 * @param route by what the rows are known
 */
record FitInput(
    Optional<StatisticsTable> table,
    Optional<LabelledRows> rows,
    StatisticsHeader header,
    StatisticsSize size,
    FitRoute route) {

  static FitInput open(FitConfig config, Run run) {
    Optional<StatisticsTable> table =
        config.statistics().map(path -> MergePlan.open(run.spark(), "statistics", path));
    Optional<LabelledRows> rows =
        config
            .input()
            .map(
                input ->
                    LabelledRows.of(
                        Source.read(run.spark(), input),
                        config.columns(),
                        config.d(),
                        meaning(config, table),
                        List.of()));
    StatisticsHeader header =
        table
            .map(StatisticsTable::header)
            .orElseGet(() -> StatisticsHeader.of(rows.orElseThrow(), config.usedFolds()));
    rows.ifPresent(found -> requireSameFeatures(config.columns(), found, header));
    StatisticsSize size =
        new StatisticsSize(header.features(), header.folds(), config.memory().bytes());
    FitRoute route =
        table.isPresent()
            ? FitRoute.MOMENTS
            : FitRoute.of(config.settings(header.folds(), header.weights()), header.features());
    Optional<Problem> problem =
        route.tooWide(header.features(), header.folds(), config.memory().bytes());
    problem.ifPresent(
        found -> {
          throw new LemmaException(ExitCode.INPUT, found);
        });
    return new FitInput(table, rows, header, size, route);
  }

  /** Rows of statistics with deletions are those that are left: their weights are frequencies. */
  private static WeightMeaning meaning(FitConfig config, Optional<StatisticsTable> table) {
    WeightMeaning stored = table.map(found -> found.header().weights()).orElse(config.weights());
    return stored == WeightMeaning.SIGNED ? WeightMeaning.FREQUENCY : stored;
  }

  private static void requireSameFeatures(
      ColumnsConfig columns, LabelledRows rows, StatisticsHeader header) {
    StatisticsHeader found = StatisticsHeader.of(rows, header.folds());
    if (!found.featureHash().equals(header.featureHash())) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "columns.features = " + String.join(", ", columns.features()),
              "these are not the features of the statistics",
              found.features() + " features, hash " + found.featureHash(),
              header.features() + " features, hash " + header.featureHash(),
              "give the columns that the statistics were made from, in their order"));
    }
  }

  /** How the model is trained. */
  LogisticSettings settings(FitConfig config) {
    return config.settings(header.folds(), header.weights());
  }

  /** The label's key and column, or the place of the statistics: for messages. */
  String where() {
    return rows.map(LabelledRows::labelKey).orElseGet(() -> table.orElseThrow().where());
  }

  /** The stored statistics of all values of the key columns, added up. */
  Statistics stored() {
    StatisticsTable stored = table.orElseThrow();
    Map<Row, Long> order = new HashMap<>();
    for (Row keys : stored.keyValues()) {
      order.put(keys, (long) order.size());
    }
    JavaRDD<Part<Group>> parts =
        stored
            .parts()
            .map(
                part ->
                    new Part<>(
                        new Group(null, part.group().number),
                        order.get(part.group().keys),
                        part.value()));
    return StatisticsParts.gather(
        MergeTree.reduce(parts, order.size(), StatisticsParts.merge(size), size.leastBytes())
            .collect(),
        header,
        size,
        stored.where());
  }
}
