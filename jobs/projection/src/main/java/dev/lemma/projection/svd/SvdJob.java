// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.NumberType;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.lowrank.GivenBasis;
import dev.lemma.math.lowrank.PassPlan;
import dev.lemma.math.lowrank.PowerSums;
import dev.lemma.math.lowrank.RandomizedSvd;
import dev.lemma.math.lowrank.RowPasses;
import dev.lemma.math.lowrank.StopReason;
import dev.lemma.math.lowrank.SvdFactors;
import dev.lemma.math.lowrank.SvdSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Randomized SVD and PCA: singular values, right vectors, and the scores of every row. */
public final class SvdJob implements Job<SvdConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public SvdJob() {}

  @Override
  public String name() {
    return "svd";
  }

  @Override
  public String summary() {
    return "randomized SVD and PCA in a few reads, with a report of the error";
  }

  @Override
  public Class<SvdConfig> configuration() {
    return SvdConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(SvdConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(SvdConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(SvdConfig config, Run run) {
    return SvdFacts.of(config, SvdInput.open(config, run));
  }

  @Override
  public void run(SvdConfig config, Run run) {
    Source.record(run, "input", config.input());
    config.statistics().forEach(path -> run.input("statistics", path));
    run.bits(config.run().kernel() == Kernel.EXACT ? Bits.ANY : Bits.LAYOUT);
    SvdInput input = run.phase("open the input", () -> SvdInput.open(config, run));
    MatrixRows matrix = input.matrix();
    SvdFactors factors = decompose(config, run, matrix);
    gate(config, run, factors);
    warn(config, run, factors);
    PcaModelData model = PcaModelData.of(factors, config.preparation());
    run.phase("write scores", () -> run.publication().write(scores(config, input, factors, model)));
    double left =
        config.score() == ScoreKind.LEFT_VECTOR
            ? run.phase("check left vectors", () -> departure(run, factors.rank()))
            : Double.NaN;
    run.phase(
        "write the model",
        () -> {
          SvdTables.write(run, factors, matrix.names());
          save(matrix, model, run);
        });
    new SvdReport(config, input, factors, left).tell(run);
  }

  private static SvdFactors decompose(SvdConfig config, Run run, MatrixRows matrix) {
    SvdSettings settings = config.settings();
    int n = matrix.dimension();
    SketchTable stored = new SketchTable(n, settings.startWidth(n), config.run().seed());
    Optional<PowerSums> earlier =
        config.statistics().isEmpty()
            ? Optional.empty()
            : run.phase("add up sketches", () -> stored.read(run.spark(), config.statistics()));
    try (RowScan scan =
        new RowScan(
            matrix, config.run().kernel(), new RowWatcher(run, config.run(), matrix.screen()))) {
      PowerSums[] sketch = new PowerSums[1];
      RowPasses passes =
          plan -> {
            PowerSums sums = scan.run(plan);
            // Sums of the earlier days come first, whichever day they were added up on.
            sketch[0] = earlier.map(before -> before.add(sums)).orElse(sums);
            return sketch[0];
          };
      SvdFactors factors =
          Undecomposable.require(
              RandomizedSvd.of(passes, n, settings),
              matrix.features().columns(),
              config.preparation());
      if (config.isSketch()) {
        run.phase(
            "store the sketch",
            () -> run.publication().writeTable("sketch", stored.of(run.spark(), sketch[0])));
      }
      return factors;
    }
  }

  private static Dataset<Row> scores(
      SvdConfig config, SvdInput input, SvdFactors factors, PcaModelData model) {
    MatrixRows matrix = input.matrix();
    Loadings loadings =
        switch (config.score()) {
          case PROJECTION -> Loadings.scores(model.loadings(), model.means());
          case LEFT_VECTOR -> Loadings.leftVectors(factors);
        };
    Broadcast<Loadings> shared =
        JavaSparkContext.fromSparkContext(matrix.rows().sparkSession().sparkContext())
            .broadcast(loadings);
    RowScreen screen = matrix.screen();
    List<Column> columns = new ArrayList<>();
    input.kept().forEach(name -> columns.add(ColumnNames.column(name)));
    columns.add(
        PlanCall.of(
                new ScoreFunction(matrix.reader(), shared, false, true),
                "score",
                DataTypes.createArrayType(DataTypes.DoubleType, false))
            .neverNull()
            .once()
            .on(matrix.features().value())
            .as(SvdInput.SCORES));
    return screen.readable().select(columns.toArray(Column[]::new));
  }

  /** The largest entry of |U'U - I|, of U as it was written. */
  private static double departure(Run run, int rank) {
    Features column = new Features.ArrayColumn(SvdInput.SCORES, NumberType.DOUBLE, rank);
    double[][] identity = new double[rank][rank];
    for (int r = 0; r < rank; r++) {
      identity[r][r] = 1;
    }
    MatrixRows written = new MatrixRows(run.publication().staged(), column, Optional.empty());
    try (RowScan scan = new RowScan(written, Kernel.FAST, RowScan.SILENT)) {
      PowerSums sums =
          scan.run(PassPlan.first(rank, new GivenBasis(identity), PassPlan.Products.GRAM));
      PackedSymmetric gram = PackedSymmetric.of(rank, sums.gram());
      double largest = 0;
      for (int i = 0; i < rank; i++) {
        for (int j = 0; j <= i; j++) {
          largest = Math.max(largest, Math.abs(gram.get(j, i) - (i == j ? 1 : 0)));
        }
      }
      return largest;
    }
  }

  private static void save(MatrixRows matrix, PcaModelData data, Run run) {
    RandomizedPcaModel model = new RandomizedPcaModel("randomizedPca_svd", data);
    if (matrix.features().columns().size() == 1) {
      model.setInputCol(matrix.features().columns().get(0));
    }
    model.setOutputCol(SvdInput.SCORES);
    try {
      model.write().overwrite().save(run.publication().modelPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void warn(SvdConfig config, Run run, SvdFactors factors) {
    if (factors.stop() == StopReason.RANK_EXHAUSTED && config.rank().isPresent()) {
      run.warn(
          "the matrix has only "
              + factors.rank()
              + (factors.rank() == 1 ? " singular value" : " singular values")
              + " that mode = "
              + SvdFacts.key(config.mode())
              + " tells from 0, where "
              + config.rank().getAsInt()
              + " were asked for"
              + (factors.cut() > 0
                  ? "; "
                      + factors.cut()
                      + (factors.cut() == 1 ? " smaller one was" : " smaller ones were")
                      + " cut off"
                  : ""));
    }
    if (factors.stop() == StopReason.RANK_CAP) {
      run.warn(
          "max-rank = "
              + config.maxRank()
              + " leaves a relative error of "
              + Quantity.of(factors.relativeError()).text()
              + ", above the tolerance");
    }
    int constants = factors.moments().constants();
    if (constants > 0) {
      run.warn(
          constants
              + (constants == 1 ? " column is" : " columns are")
              + " constant and stay at zero");
    }
  }

  private static void gate(SvdConfig config, Run run, SvdFactors factors) {
    if (config.maxError().isPresent()
        && factors.relativeError() > config.maxError().getAsDouble()) {
      run.gate(
          new Problem(
              "max-error",
              "the triplets leave more of the matrix than they may",
              "a relative Frobenius error of " + Quantity.of(factors.relativeError()).text(),
              "at most " + config.maxError().getAsDouble(),
              "raise rank or max-rank, or raise max-error"));
    }
  }
}
