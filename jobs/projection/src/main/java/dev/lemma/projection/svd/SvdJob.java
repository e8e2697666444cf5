// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.NumberType;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.lowrank.Decomposition;
import dev.lemma.math.lowrank.GivenBasis;
import dev.lemma.math.lowrank.PassPlan;
import dev.lemma.math.lowrank.PowerSums;
import dev.lemma.math.lowrank.RandomizedSvd;
import dev.lemma.math.lowrank.RowPasses;
import dev.lemma.math.lowrank.StopReason;
import dev.lemma.math.lowrank.SvdFactors;
import dev.lemma.math.lowrank.SvdFigures;
import dev.lemma.math.lowrank.SvdSettings;
import java.util.List;
import java.util.Optional;

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
    try (SvdResult result = decompose(config, run, input)) {
      SvdFigures figures = result.figures();
      gate(config, run, figures);
      warn(config, run, figures);
      run.phase(
          "write scores", () -> run.publication().write(result.scores(input, config.score())));
      double left =
          config.score() == ScoreKind.LEFT_VECTOR
              ? run.phase("check left vectors", () -> departure(run, figures.rank()))
              : Double.NaN;
      run.phase(
          "write the model",
          () -> {
            SvdTables.writeValues(run, figures);
            result.write(run, input.matrix());
          });
      new SvdReport(config, input, figures, left).tell(run);
    }
  }

  private static SvdResult decompose(SvdConfig config, Run run, SvdInput input) {
    return input.blocks().isPresent()
        ? inBlocks(config, run, input.matrix(), input.blocks().get())
        : whole(config, run, input.matrix());
  }

  private static SvdResult inBlocks(
      SvdConfig config, Run run, MatrixRows matrix, ColumnBlocks blocks) {
    BlockReads reads =
        new BlockReads(
            matrix,
            config.run().kernel(),
            new RowWatcher(run, config.run(), matrix.screen()),
            blocks,
            config.preparation());
    try {
      Decomposition found =
          Undecomposable.require(
              RandomizedSvd.of(reads, config.settings()),
              Decomposition.class,
              matrix.features().columns(),
              config.preparation());
      return new BlockResult(found, reads, config.preparation());
    } catch (RuntimeException e) {
      reads.close();
      throw e;
    }
  }

  private static SvdResult whole(SvdConfig config, Run run, MatrixRows matrix) {
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
              SvdFactors.class,
              matrix.features().columns(),
              config.preparation());
      if (config.isSketch()) {
        run.phase(
            "store the sketch",
            () -> run.publication().writeTable("sketch", stored.of(run.spark(), sketch[0])));
      }
      return new WholeResult(factors, config.preparation());
    }
  }

  /** The largest entry of |U'U - I|, of U as it was written. */
  private static double departure(Run run, int rank) {
    Features column = new Features.ArrayColumn(SvdInput.SCORES, NumberType.DOUBLE, rank);
    double[][] identity = new double[rank][rank];
    for (int r = 0; r < rank; r++) {
      identity[r][r] = 1;
    }
    MatrixRows written = new MatrixRows(run.publication().staged(), column, Optional.empty());
    try (RowScan scan = new RowScan(written, Kernel.FAST, PassLog.SILENT)) {
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

  private static void warn(SvdConfig config, Run run, SvdFigures figures) {
    if (figures.stop() == StopReason.RANK_EXHAUSTED && config.rank().isPresent()) {
      run.warn(
          "the matrix has only "
              + figures.rank()
              + (figures.rank() == 1 ? " singular value" : " singular values")
              + " that mode = "
              + SvdFacts.key(config.mode())
              + " tells from 0, where "
              + config.rank().getAsInt()
              + " were asked for"
              + (figures.cut() > 0
                  ? "; "
                      + figures.cut()
                      + (figures.cut() == 1 ? " smaller one was" : " smaller ones were")
                      + " cut off"
                  : ""));
    }
    if (figures.stop() == StopReason.RANK_CAP) {
      run.warn(
          "max-rank = "
              + config.maxRank()
              + " leaves a relative error of "
              + Quantity.of(figures.relativeError()).text()
              + ", above the tolerance");
    }
    int constants = figures.constants();
    if (constants > 0) {
      run.warn(
          constants
              + (constants == 1
                  ? " column is constant and stays at zero"
                  : " columns are constant and stay at zero"));
    }
  }

  private static void gate(SvdConfig config, Run run, SvdFigures figures) {
    if (config.maxError().isPresent()
        && figures.relativeError() > config.maxError().getAsDouble()) {
      run.gate(
          new Problem(
              "max-error",
              "the triplets leave more of the matrix than they may",
              "a relative Frobenius error of " + Quantity.of(figures.relativeError()).text(),
              "at most " + config.maxError().getAsDouble(),
              "raise rank or max-rank, or raise max-error"));
    }
  }
}
