// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Kernel;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** One-pass statistics of labelled rows that add up: what models are solved from. */
public final class StatsJob implements Job<StatsConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public StatsJob() {}

  @Override
  public String name() {
    return "logistic-stats";
  }

  @Override
  public String summary() {
    return "one-pass statistics for logistic regression, by day or other keys, that add up";
  }

  @Override
  public Class<StatsConfig> configuration() {
    return StatsConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(StatsConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(StatsConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(StatsConfig config, Run run) {
    return StatsFacts.of(config, open(config, run));
  }

  @Override
  public void run(StatsConfig config, Run run) {
    Source.record(run, "input", config.input());
    LabelledRows rows = run.phase("open the input", () -> open(config, run));
    StatisticsHeader header = StatisticsHeader.of(rows, config.folds());
    run.publication().requireSame("features", header.featureHash());
    run.publication().requireSame("folds", Integer.toString(header.folds()));
    run.publication().requireSame("weights", header.weights().key());
    run.bits(config.run().kernel() == Kernel.EXACT ? Bits.ANY : Bits.LAYOUT);
    StatisticsSize size = StatsFacts.size(config, rows);
    try (Scan scan = Scan.of(rows, config.run().kernel(), config.folds())) {
      JavaRDD<Part<Group>> parts =
          StatisticsParts.scan(scan, size, rows.labelKey()).persist(StorageLevel.MEMORY_AND_DISK());
      StatisticsSummary summary = run.phase("scan rows", () -> StatisticsSummary.of(parts, size));
      RowCounts counts = summary.counts();
      rows.screen().settle(run, config.run(), counts);
      run.rows(counts.rows(), counts.accepted(), counts.rejected());
      run.phase("write statistics", () -> write(config, run, parts, rows, header));
      summary.tell(run, header, config.keys());
      StatsFacts.show(run, StatsFacts.of(config, rows));
      parts.unpersist();
    }
  }

  private static LabelledRows open(StatsConfig config, Run run) {
    Dataset<Row> read = Source.read(run.spark(), config.input());
    LabelledRows rows =
        LabelledRows.of(read, config.columns(), config.d(), config.weights(), config.keys());
    StatisticsTable.taken(config.keys())
        .or(() -> StatsFacts.size(config, rows).tooWide())
        .ifPresent(
            problem -> {
              throw new LemmaException(ExitCode.INPUT, problem);
            });
    return rows;
  }

  private static void write(
      StatsConfig config,
      Run run,
      JavaRDD<Part<Group>> parts,
      LabelledRows rows,
      StatisticsHeader header) {
    Dataset<Row> table = StatisticsTable.of(run.spark(), parts, rows.keys(), header);
    run.publication().write(StatisticsTable.arranged(table, config.output()));
  }
}
