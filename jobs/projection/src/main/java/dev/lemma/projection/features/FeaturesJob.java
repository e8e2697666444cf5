// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.features.KernelErrorSummary;
import dev.lemma.math.features.PairEstimate;
import dev.lemma.projection.RowLengthCheck;
import dev.lemma.projection.ScreenedResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Random features of a kernel, with the error of its estimate. */
public final class FeaturesJob implements Job<FeaturesConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public FeaturesJob() {}

  @Override
  public String name() {
    return "features";
  }

  @Override
  public String summary() {
    return "random Fourier and positive features of a kernel; measures the error of its estimate";
  }

  @Override
  public Class<FeaturesConfig> configuration() {
    return FeaturesConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(FeaturesConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(FeaturesConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(FeaturesConfig config, Run run) {
    return FeaturesFacts.of(config, FeaturesInput.open(config, run), run);
  }

  @Override
  public void run(FeaturesConfig config, Run run) {
    Source.record(run, "input", config.input());
    FeaturesInput input = run.phase("settle the features", () -> FeaturesInput.open(config, run));
    FeatureSpecification specification = input.settled().specification();
    run.publication().requireSame("specification", specification.hash());
    run.bits(Bits.ANY);
    RowReader reader = input.reader();
    RowFeatures step = input.features(config, reader);
    RowScreen screen = RowScreen.of(input.rows(), input.columns(), reader, config.columns().id());
    ScreenedResult result = new ScreenedResult(screen, config.run().onBadRow());
    run.phase(
        "map rows",
        () ->
            run.publication()
                .write(
                    result.finite(
                        step.append(screen.good(), columns(input.kept()), FeaturesInput.RESULT),
                        FeaturesInput.RESULT)));
    RowCounts counts = result.counts(config.output(), run);
    if (config.run().onBadRow() == BadRows.FAIL) {
      RowLengthCheck.refuseOther(input.columns(), screen, counts, config.spec(), config.map().d());
    }
    screen.settle(run, config.run(), counts, () -> rejected(input, step, screen, result));
    run.rows(counts.rows(), counts.accepted(), counts.rejected());
    run.phase("store the specification", () -> save(input, run));
    FeaturesReport report = new FeaturesReport(config, input, counts, run);
    report.describe(run.publication().bytes());
    if (config.pairs() > 0) {
      measure(config, input, reader, counts, run, report);
    }
    report.facts();
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(ColumnNames::column).toArray(Column[]::new);
  }

  private static Dataset<Row> rejected(
      FeaturesInput input, RowFeatures step, RowScreen screen, ScreenedResult result) {
    String mark = "_lemma_features";
    Column[] all = columns(Arrays.asList(input.rows().columns()));
    return result.rejected(step.append(screen.readable(), all, mark), mark);
  }

  /** The model lies in the output as a Spark ML stage; its name follows from what it is. */
  private static void save(FeaturesInput input, Run run) throws Exception {
    FeatureSpecification specification = input.settled().specification();
    RandomFeaturesModel model =
        new RandomFeaturesModel("randomFeatures_" + specification.hash(), specification);
    model.settle();
    if (input.columns().columns().size() == 1) {
      model.setInputCol(input.columns().columns().get(0));
    }
    model.setOutputCol(FeaturesInput.RESULT).setOutputType("array");
    model.write().overwrite().save(run.publication().modelPath());
  }

  private static void measure(
      FeaturesConfig config,
      FeaturesInput input,
      RowReader reader,
      RowCounts counts,
      Run run,
      FeaturesReport report) {
    if (counts.accepted() < 2) {
      run.warn("fewer than two rows: there is no pair whose kernel could be estimated");
      return;
    }
    FeatureSpecification specification = input.settled().specification();
    int pairs =
        PairSample.affordable(
            Math.min(config.pairs(), counts.accepted() / 2),
            specification.map().d(),
            specification.map().k(),
            specification.precision());
    List<PairEstimate> estimates =
        run.phase(
            "measure the kernel's error",
            () ->
                new PairSample(
                        input.rows(),
                        input.columns(),
                        reader,
                        config.columns().id(),
                        specification.precision(),
                        specification.map().seed())
                    .estimates(specification.map(), counts.accepted(), pairs));
    run.publication().writeTable("kernel-error", KernelErrorTable.of(run.spark(), estimates));
    KernelErrorSummary summary = KernelErrorSummary.of(estimates);
    if (summary.pairs() == 0) {
      run.warn("no pair of sampled rows has a finite kernel and finite features: nothing measured");
    }
    report.error(estimates, summary);
    config.maxError().ifPresent(limit -> judge(limit, summary, run));
  }

  private static void judge(double limit, KernelErrorSummary summary, Run run) {
    if (summary.pairs() == 0) {
      run.warn("no pair was measured: the gate max-error judged nothing");
    } else if (summary.rms() > limit) {
      run.gate(
          new Problem(
              "max-error",
              "the features estimate the kernel less well than they have to",
              String.format(
                  Locale.ROOT,
                  "a root mean square error of %.4g over %,d measured pairs",
                  summary.rms(),
                  summary.pairs()),
              "at most " + limit,
              "raise k (four times as many features halve the error); see report.html in the run's"
                  + " folder"));
    }
  }
}
