// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.projection.DistortionSummary;
import dev.lemma.math.projection.Projection;
import dev.lemma.projection.RowProjection.OutputType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;

/** Random projection of any features, with the distortion that it caused. */
public final class ProjectJob implements Job<ProjectConfig> {
  /** A family is worth a warning where it spreads distances by a tenth more than it need. */
  private static final double NOTABLE_SPREAD = 1.1;

  /** For {@link java.util.ServiceLoader}. */
  public ProjectJob() {}

  @Override
  public String name() {
    return "project";
  }

  @Override
  public String summary() {
    return "random projection of any features; measures the distortion that it caused";
  }

  @Override
  public Class<ProjectConfig> configuration() {
    return ProjectConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(ProjectConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(ProjectConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(ProjectConfig config, Run run) {
    return ProjectFacts.of(config, ProjectInput.open(config, run), run);
  }

  @Override
  public void run(ProjectConfig config, Run run) {
    Source.record(run, "input", config.input());
    ProjectInput input = run.phase("settle the projection", () -> ProjectInput.open(config, run));
    Specification specification = input.settled().specification();
    run.publication().requireSame("specification", specification.hash());
    if (!input.settled().note().isEmpty()) {
      run.warn(input.settled().note());
    }
    RowReader reader = input.reader();
    Kernel kernel = input.projection(config, reader).effective(config.run().kernel());
    run.bits(kernel == Kernel.EXACT ? Bits.ANY : Bits.LAYOUT);
    RowScreen screen = RowScreen.of(input.rows(), input.features(), reader, config.columns().id());
    ScreenedResult result = new ScreenedResult(screen, config.run().onBadRow());
    run.phase(
        "project rows",
        () ->
            run.publication()
                .write(
                    result.finite(
                        projected(config, input, reader, screen.good()),
                        ProjectInput.outputColumn(config))));
    RowCounts counts = result.counts(config.output(), run);
    if (config.run().onBadRow() == BadRows.FAIL) {
      input.refuseOtherLength(config, screen, counts);
    }
    screen.settle(run, config.run(), counts, () -> rejected(config, input, reader, screen, result));
    run.rows(counts.rows(), counts.accepted(), counts.rejected());
    run.phase("store the specification", () -> save(config, input, run));
    ProjectReport report = new ProjectReport(config, input, counts, run.publication().bytes());
    report.describe(run);
    if (config.pairs() > 0 && !ProjectInput.isBack(config)) {
      measure(config, input, reader, counts, run, report);
    }
  }

  /** The good rows with the result. */
  private static Dataset<Row> projected(
      ProjectConfig config, ProjectInput input, RowReader reader, Dataset<Row> good) {
    Specification specification = input.settled().specification();
    String name = ProjectInput.outputColumn(config);
    int length = Math.toIntExact(ProjectFacts.outputLength(config, specification.matrix()));
    Column[] kept = input.kept().stream().map(ColumnNames::column).toArray(Column[]::new);
    return input
        .projection(config, reader)
        .append(
            good,
            kept,
            name,
            RowProjection.metadata(specification, name, OutputType.ARRAY, length),
            config.run().kernel());
  }

  /** The input's rows that are not in the output, each with its reason. */
  private static Dataset<Row> rejected(
      ProjectConfig config,
      ProjectInput input,
      RowReader reader,
      RowScreen screen,
      ScreenedResult result) {
    String mark = "_lemma_projected";
    Column[] all =
        Arrays.stream(input.rows().columns()).map(ColumnNames::column).toArray(Column[]::new);
    return result.rejected(
        input
            .projection(config, reader)
            .append(screen.readable(), all, mark, Metadata.empty(), Kernel.EXACT),
        mark);
  }

  /** The model lies in the output as a Spark ML stage; its name follows from what it is. */
  private static void save(ProjectConfig config, ProjectInput input, Run run) throws Exception {
    Settled settled = input.settled();
    RandomProjectionModel model =
        new RandomProjectionModel("randomProjection_" + settled.specification().hash(), settled);
    model.settle();
    if (input.features().columns().size() == 1) {
      model.setInputCol(input.features().columns().get(0));
    }
    model.setOutputCol(ProjectInput.PROJECTED).setOutputType("array");
    model.write().overwrite().save(run.publication().modelPath());
  }

  private static void measure(
      ProjectConfig config,
      ProjectInput input,
      RowReader reader,
      RowCounts counts,
      Run run,
      ProjectReport report) {
    Specification specification = input.settled().specification();
    if (counts.accepted() < 2) {
      run.warn("fewer than two rows: there is no distance whose distortion could be measured");
      return;
    }
    int pairs = ProjectFacts.affordablePairs(config, input, counts.accepted());
    DistortionSample sample =
        run.phase(
            "measure distortion",
            () ->
                DistortionSample.draw(
                    input.rows(),
                    input.features(),
                    reader,
                    config.columns().id(),
                    specification,
                    counts.accepted(),
                    pairs));
    Projection projection = Projection.of(specification.matrix());
    DistortionSummary summary =
        DistortionSummary.of(
            sample.pairs(),
            projection::squaredNormVariance,
            config.target().eps(),
            config.target().distance());
    double spread = ProjectReport.spreadOverSparseSign(specification, sample.pairs());
    if (spread > NOTABLE_SPREAD) {
      run.warn(
          String.format(
              Locale.ROOT,
              "the family's law spreads these distances %.2f times as much as sparse-sign would",
              spread));
    }
    run.publication().writeTable("distortion", DistortionTable.of(run.spark(), sample.pairs()));
    report.distortion(run, sample, summary);
    if (sample.pairs().isEmpty()) {
      run.warn(
          "no two of the sampled rows have a projection that does not overflow: there is no"
              + " distance whose distortion could be measured");
    }
    if (sample.repeatedIds() > 0) {
      run.warn(ProjectReport.repeatedIds(config, sample, counts.accepted()));
    }
    config
        .maxShareOutside()
        .ifPresent(
            limit -> {
              if (summary.pairs() == 0) {
                run.warn(
                    (summary.equalPairs() > 0
                            ? "all pairs are of equal rows"
                            : "no pair was measured")
                        + ": the gate max-share-outside judged nothing");
              } else if (summary.shareOutside() > limit) {
                run.gate(
                    new Problem(
                        "max-share-outside",
                        "the projection changed more distances by over eps = "
                            + config.target().eps()
                            + " than it may",
                        ProjectReport.percent(summary.shareOutside())
                            + " of "
                            + Quantity.count(summary.pairs())
                            + " measured pairs",
                        "at most " + ProjectReport.percent(limit),
                        "raise k or eps; see report.html in the run's folder"));
              }
            });
  }
}
