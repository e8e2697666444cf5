// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowKeys;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Samples of rows that follow the rows' keys, whatever their order and partitioning. */
public final class SampleJob implements Job<SampleConfig> {
  private static final double RANGE = 0x1p53;
  private static final int LOW_BITS = 11;

  /** For {@link java.util.ServiceLoader}. */
  public SampleJob() {}

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String summary() {
    return "reproducible row samples: Bernoulli, exact size, weighted, stratified";
  }

  @Override
  public Class<SampleConfig> configuration() {
    return SampleConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(SampleConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(SampleConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(SampleConfig config, Run run) {
    return SampleFacts.of(config, SampleInput.open(config, run));
  }

  @Override
  public void run(SampleConfig config, Run run) {
    Source.record(run, "input", config.input());
    SampleInput input = run.phase("open the input", () -> SampleInput.open(config, run));
    run.bits(Bits.ANY);
    Dataset<Row> ranked = input.ranked();
    boolean numbered = config.columns().id().isEmpty();
    if (numbered) {
      // Each of three passes would number equal rows anew, by a shuffle of all rows.
      ranked = ranked.persist(StorageLevel.DISK_ONLY());
    }
    try {
      if (config.isBernoulli()) {
        bernoulli(config, run, input, ranked);
      } else {
        sized(config, run, input, ranked);
      }
    } finally {
      if (numbered) {
        // At once: what is still under way when the session stops is told as many warnings.
        ranked.unpersist(true);
      }
    }
    SampleReport.facts(run, SampleFacts.of(config, input));
  }

  private static void bernoulli(
      SampleConfig config, Run run, SampleInput input, Dataset<Row> ranked) {
    long rows = run.phase("count rows", () -> input.rows().count());
    double rate = config.rate().getAsDouble();
    long bound = (long) Math.ceil(rate * RANGE);
    // The high 53 bits of a priority are a uniform number below rate: see RowSampling.takes.
    Dataset<Row> taken =
        bound == (long) RANGE
            ? ranked
            : ranked.filter(col(SampleInput.RANK).lt(lit(bound << LOW_BITS ^ Long.MIN_VALUE)));
    long written = write(config, run, input, taken, lit(rate));
    run.rows(rows, written, 0);
    SampleReport.bernoulli(run, rate, rows, written);
  }

  private static void sized(SampleConfig config, Run run, SampleInput input, Dataset<Row> ranked) {
    Optional<RowCounts> screened =
        input.screen().map(screen -> run.phase("check weights", screen::recount));
    screened.ifPresent(counts -> input.screen().orElseThrow().settle(run, config.run(), counts));
    Strata selection = new Strata(config, ranked);
    List<Stratum> strata = run.phase("find the thresholds", selection::find);
    Column left = Strata.threshold();
    Column probability =
        when(left.isNull(), lit(1.0)).otherwise(input.inclusion(coalesce(left, lit(0L))));
    long written = write(config, run, input, selection.taken(strata), probability);
    refuseTies(config, strata, written);
    long rows =
        screened
            .map(RowCounts::rows)
            .orElseGet(() -> strata.stream().mapToLong(Stratum::rows).sum());
    run.rows(rows, written, screened.map(RowCounts::rejected).orElse(0L));
    SampleReport.sized(run, config, strata, written);
  }

  private static long write(
      SampleConfig config, Run run, SampleInput input, Dataset<Row> taken, Column probability) {
    Column[] columns = input.output(probability).toArray(Column[]::new);
    return run.phase(
        "write the sample",
        () -> {
          run.publication().write(taken.select(columns));
          return count(config, run.publication().staged());
        });
  }

  /** Counts the sample. Rows of one id are drawn or left together, which is no sample of rows. */
  private static long count(SampleConfig config, Dataset<Row> staged) {
    Optional<String> id = config.columns().id();
    if (id.isEmpty()) {
      return staged.count();
    }
    RowKeys.Counts counts = RowKeys.counts(staged, RowKeys.column(staged, id, List.of()));
    if (counts.repeats() > 0) {
      throw repeated(
          id.get(),
          counts.repeats()
              + (counts.repeats() == 1 ? " row" : " rows")
              + " of the sample with the id of another");
    }
    return counts.rows();
  }

  /** Of two rows of one id at the threshold neither lies below it. */
  private static void refuseTies(SampleConfig config, List<Stratum> strata, long written) {
    long wanted = strata.stream().mapToLong(Stratum::size).sum();
    if (written < wanted) {
      throw repeated(
          config.columns().id().orElse("all columns"),
          written + " rows drawn where " + wanted + " were to be");
    }
  }

  private static LemmaException repeated(String id, String found) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            "columns.id = " + id,
            "ids must differ, for rows of one id are drawn or left together",
            found,
            "ids of their own",
            "choose a column that names rows, or leave columns.id out"));
  }
}
