// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.diagnostics.Superchains;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** R-hat, effective sizes and Monte Carlo errors of any draws. */
public final class DiagnoseJob implements Job<DiagnoseConfig> {
  /** Summaries of so many parameters go to one file. */
  private static final int ONE_FILE = 100_000;

  /** For {@link java.util.ServiceLoader}. */
  public DiagnoseJob() {}

  @Override
  public String name() {
    return "diagnose";
  }

  @Override
  public String summary() {
    return "R-hat, effective sizes and Monte Carlo errors of any draws, with a gate";
  }

  @Override
  public Class<DiagnoseConfig> configuration() {
    return DiagnoseConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(DiagnoseConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(DiagnoseConfig config) {
    return config.run();
  }

  /** What is diagnosed. */
  private record Chosen(DrawsSource source, List<String> parameters) {
    static Chosen of(DiagnoseConfig config, Run run) {
      DrawsSource source = DrawsSource.open(config, run.spark());
      return new Chosen(source, ParameterSelection.of(config.parameters(), source));
    }
  }

  @Override
  public List<Fact> plan(DiagnoseConfig config, Run run) {
    Chosen chosen = Chosen.of(config, run);
    return DiagnoseFacts.of(config, chosen.source(), chosen.parameters());
  }

  @Override
  public void run(DiagnoseConfig config, Run run) {
    Source.record(run, "input", config.input());
    run.bits(Bits.ANY);
    Chosen chosen = run.phase("open the input", () -> Chosen.of(config, run));
    DrawsSource source = chosen.source();
    List<String> parameters = chosen.parameters();
    ChainCounts counts = run.phase("count draws", () -> count(config, source));
    Optional<Superchains> superchains = counts.superchains(config.superchains());
    if (counts.ragged()) {
      run.warn("chains differ in length: the first " + counts.draws() + " draws of each count");
    }
    long draws = (long) counts.size() * counts.draws();
    ColumnGroups groups =
        ColumnGroups.of(parameters, draws, run.spark().sparkContext().defaultParallelism());
    run.phase(
        "summarise parameters",
        () -> {
          Dataset<Row> table = SummaryTable.of(run.spark(), source, groups, counts, superchains);
          run.publication().write(arranged(table, config, parameters.size()));
        });
    run.rows(counts.total(), parameters.size(), 0);
    Optional<Weights> weights =
        source.logWeight().map(name -> run.phase("weigh", () -> Weights.of(source, name, counts)));
    Dataset<Row> summaries = run.publication().staged();
    String rHat = counts.size() > ChainCounts.MANY ? SummaryTable.NESTED_R_HAT : SummaryTable.R_HAT;
    Verdict verdict =
        run.phase("judge", () -> Verdict.of(summaries, rHat, config.limits(), weights));
    DiagnoseReport report = new DiagnoseReport(config, source, counts, verdict, summaries);
    run.phase("draw the worst", () -> report.describe(run));
    DiagnoseFacts.of(config, source, parameters)
        .forEach(fact -> run.report().fact(fact.name(), fact.value(), fact.why()));
    conclude(config, run, verdict, summaries);
  }

  private static ChainCounts count(DiagnoseConfig config, DrawsSource source) {
    ChainCounts counts = source.counts().checked(Source.name(config.input()), config.ragged());
    counts.superchains(config.superchains());
    return counts;
  }

  /** In the order of the parameters, which a file keeps and several do by their names. */
  private static Dataset<Row> arranged(Dataset<Row> table, DiagnoseConfig config, int parameters) {
    boolean asked =
        config.output().partitions().isPresent() || !config.output().partitionBy().isEmpty();
    return asked || parameters > ONE_FILE ? table : SummaryTable.inOneFile(table);
  }

  private static void conclude(
      DiagnoseConfig config, Run run, Verdict verdict, Dataset<Row> summaries) {
    if (verdict.constant() > 0) {
      run.warn(
          verdict.constant() == 1
              ? "1 parameter never changes: it has no diagnostics"
              : verdict.constant() + " parameters never change: they have no diagnostics");
    }
    List<String> complaints = verdict.complaints();
    if (complaints.isEmpty()) {
      return;
    }
    if (!config.gate()) {
      complaints.forEach(run::warn);
      return;
    }
    run.publication().writeToRun("summary", summaries);
    run.gate(
        new Problem(
            "gate",
            "the draws are not good enough",
            String.join("; ", complaints),
            "",
            "sample longer or better, or raise the limits; the summary and report.html are in the"
                + " run's folder"));
  }
}
