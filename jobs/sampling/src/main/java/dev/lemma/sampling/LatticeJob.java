// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.io.Checkpoints;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Run;
import dev.lemma.kit.run.Step;
import dev.lemma.math.sampling.lattice.LatticeSize;
import dev.lemma.math.sampling.lattice.SpinGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Ising and Potts models on periodic lattices and on graphs, by chromatic Gibbs sampling. */
public final class LatticeJob implements Job<LatticeConfig> {
  /** Rounds from which on the state is written down. */
  private static final int FEW_ROUNDS = 16;

  /** For {@link java.util.ServiceLoader}. */
  public LatticeJob() {}

  @Override
  public String name() {
    return "lattice";
  }

  @Override
  public String summary() {
    return "Ising and Potts spins on lattices and graphs by chromatic Gibbs; annealing";
  }

  @Override
  public Class<LatticeConfig> configuration() {
    return LatticeConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(LatticeConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(LatticeConfig config) {
    return config.run();
  }

  private static int cores(Run run) {
    return run.spark().sparkContext().defaultParallelism();
  }

  @Override
  public List<Fact> plan(LatticeConfig config, Run run) {
    return config.input().isPresent()
        ? LatticeFacts.ofInput(config, BondTable.open(config, run))
        : LatticeFacts.ofLattice(config, LatticePlan.of(config, cores(run)));
  }

  @Override
  public void run(LatticeConfig config, Run run) throws Exception {
    run.bits(Bits.ANY);
    RunCheckpoint.foresee(checkpoints(run), config.resume(), run.configuration());
    if (config.input().isPresent()) {
      graph(config, run);
    } else {
      lattice(config, run);
    }
  }

  private static void lattice(LatticeConfig config, Run run) throws Exception {
    LatticePlan plan = LatticePlan.of(config, cores(run));
    LatticeKernel kernel = new LatticeKernel(config, plan.strips());
    LatticeSize size = config.size();
    SpinTrace trace = trace(config, size.sites(), size.bonds());
    LatticeReport report = new LatticeReport(config, trace, run);
    SpinValues values = values(config);
    sweep(
        config,
        run,
        new Sweeping(kernel, plan, trace, "lattice"),
        report,
        parts -> {
          run.publication()
              .writeTable(
                  "configuration", SpinTables.ofLattice(run.spark(), parts, kernel, values));
          report.picture(SpinTables.picture(parts, kernel, LatticeReport.TILES), kernel.states());
        });
    report.facts(LatticeFacts.ofLattice(config, plan));
    run.rows(0, config.sweeps() * config.replicas(), 0);
  }

  private static void graph(LatticeConfig config, Run run) throws Exception {
    InputConfig input = config.input().orElseThrow();
    Source.record(run, "input", input);
    BondTable.Bonds bonds = run.phase("read bonds", () -> BondTable.open(config, run).read());
    if (bonds.rejected() > 0) {
      run.warn(
          bonds.rejected()
              + (bonds.rejected() == 1 ? " bond was" : " bonds were")
              + " left out: without two different ends, or repeated");
    }
    JavaSparkContext context = new JavaSparkContext(run.spark().sparkContext());
    Broadcast<SpinGraph> graph = context.broadcast(bonds.graph());
    Broadcast<long[]> names = context.broadcast(bonds.names());
    LatticePlan plan =
        LatticePlan.ofGraph(config, cores(run), bonds.graph().sites(), bonds.graph().bonds());
    SpinTrace trace = trace(config, bonds.graph().sites(), bonds.graph().bonds());
    LatticeReport report = new LatticeReport(config, trace, run);
    try {
      sweep(
          config,
          run,
          new Sweeping(new GraphKernel(config, graph), plan, trace, bonds.fingerprint()),
          report,
          parts ->
              run.publication()
                  .writeTable(
                      "configuration",
                      SpinTables.ofGraph(run.spark(), parts, names, values(config))));
    } finally {
      graph.destroy();
      names.destroy();
    }
    report.facts(LatticeFacts.ofGraph(config, plan, bonds));
    run.rows(bonds.rows(), config.sweeps() * config.replicas(), bonds.rejected());
  }

  private static SpinTrace trace(LatticeConfig config, long sites, long bonds) {
    return new SpinTrace(
        config.spinModel(),
        sites,
        bonds,
        config.replicas(),
        config.warmupSweeps(),
        (int) config.sweeps());
  }

  private static SpinValues values(LatticeConfig config) {
    return config.model() == LatticeConfig.Model.ISING ? SpinValues.SIGNS : SpinValues.NUMBERS;
  }

  /** What is swept, how, where it is noted, and what tells it from others. */
  private record Sweeping(SpinKernel kernel, LatticePlan plan, SpinTrace trace, String data) {}

  /** What is done with the configurations at the end. */
  @FunctionalInterface
  private interface Finish {
    void with(JavaRDD<SpinPart> parts);
  }

  private static void sweep(
      LatticeConfig config, Run run, Sweeping sweeping, LatticeReport report, Finish finish)
      throws Exception {
    JavaSparkContext context = new JavaSparkContext(run.spark().sparkContext());
    SpinCheckpoint stored =
        new SpinCheckpoint(
            RunCheckpoint.open(
                checkpoints(run), config.resume(), run.configuration(), sweeping.data()),
            context,
            sweeping.trace());
    long all = config.warmupSweeps() + config.sweeps();
    Path checkpoint = new Path(run.publication().checkpointPath(), "lattice");
    boolean many = sweeping.plan().rounds(all) >= FEW_ROUNDS;
    if (many) {
      // What a killed run left: the lease says that nobody else is at work here.
      delete(checkpoint, context);
      context.setCheckpointDir(new Path(checkpoint, run.id()).toString());
    }
    SpinGrid grid = new SpinGrid(sweeping.kernel(), sweeping.plan().tasks());
    LatticeRounds rounds =
        new LatticeRounds(
            context, grid, sweeping.plan(), sweeping.trace(), config.annealing().isOn());
    takeUp(run, stored, grid, rounds);
    Watch watch = new Watch(run, config.timeBudget(), config.checkpointEvery());
    try {
      Step save = () -> rounds.atRest((done, parts) -> save(done, parts, rounds, stored, sweeping));
      watch.onSignal(save);
      JavaRDD<SpinPart> last =
          run.phase("sweep", () -> rounds.run(all, () -> watch.pause(save, stored.path())));
      run.phase("write draws", () -> write(config, run, sweeping.trace(), report));
      run.phase(
          "write configurations",
          () -> {
            JavaRDD<SpinPart> parts = config.annealing().isOn() ? rounds.best() : last;
            parts.persist(StorageLevel.MEMORY_AND_DISK());
            finish.with(parts);
            parts.unpersist();
          });
      run.atSignal(() -> {});
      clear(run, stored);
    } finally {
      rounds.close();
      if (many) {
        delete(checkpoint, context);
      }
    }
  }

  private static void save(
      long done,
      JavaRDD<SpinPart> parts,
      LatticeRounds rounds,
      SpinCheckpoint stored,
      Sweeping sweeping)
      throws IOException {
    boolean keepsBest = rounds.keepsBest();
    stored.save(
        new SpinCheckpoint.Progress(done, sweeping.kernel().strips(), keepsBest),
        parts,
        keepsBest ? Optional.of(rounds.best()) : Optional.empty());
    if (keepsBest) {
      rounds.bestAre(stored.best(done));
    }
  }

  private static Checkpoints checkpoints(Run run) throws IOException {
    return Checkpoints.in(
        run.publication().checkpointPath(), run.spark().sparkContext().hadoopConfiguration());
  }

  /** Goes on from where an earlier run stopped. */
  private static void takeUp(Run run, SpinCheckpoint stored, SpinGrid grid, LatticeRounds rounds)
      throws IOException {
    Optional<SpinCheckpoint.Progress> before = stored.restore();
    before.ifPresent(
        at -> {
          rounds.goOn(at.done(), grid.placed(stored.spins(at.done()), at.strips()));
          if (at.hasBest()) {
            rounds.bestAre(grid.placed(stored.best(at.done()), at.strips()));
          }
        });
    ChainRun.tellResumed(run, before.map(SpinCheckpoint.Progress::done).orElse(0L), "sweeps made");
  }

  private static void clear(Run run, SpinCheckpoint stored) {
    try {
      stored.clear();
    } catch (IOException e) {
      run.warn(
          "the checkpoint at " + stored.path() + " could not be removed (" + e.getMessage() + ")");
    }
  }

  private static void write(LatticeConfig config, Run run, SpinTrace trace, LatticeReport report) {
    Dataset<Row> draws = LatticeDraws.table(run.spark(), config, trace);
    run.publication().write(draws);
    if (config.annealing().isOn()) {
      report.annealing();
    } else {
      LatticeSummary summary = LatticeSummary.of(config, trace, LatticeFacts.exactEnergy(config));
      run.publication().writeTable("summary", summary.table(run.spark()));
      report.equilibrium(summary);
    }
    report.traces();
  }

  private static void delete(Path path, JavaSparkContext context) {
    try {
      path.getFileSystem(context.hadoopConfiguration()).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
