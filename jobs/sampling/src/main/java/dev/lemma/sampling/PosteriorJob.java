// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.io.Checkpoints;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.sampling.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Draws from the posterior of a regression on distributed rows. */
public final class PosteriorJob implements Job<PosteriorConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public PosteriorJob() {}

  @Override
  public String name() {
    return "posterior";
  }

  @Override
  public String summary() {
    return "Bayesian regression by Metropolis-Hastings and Gibbs, with diagnostics";
  }

  @Override
  public Class<PosteriorConfig> configuration() {
    return PosteriorConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(PosteriorConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(PosteriorConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(PosteriorConfig config, Run run) {
    return config.isOwn()
        ? PosteriorFacts.ofOwn(config)
        : PosteriorFacts.of(config, PosteriorInput.open(config, run));
  }

  @Override
  public void run(PosteriorConfig config, Run run) throws Exception {
    run.bits(config.run().kernel() == Kernel.EXACT ? Bits.ANY : Bits.LAYOUT);
    Watch watch = new Watch(run, config.timeBudget(), config.checkpointEvery());
    RunCheckpoint.foresee(checkpoints(run), config.resume(), run.configuration());
    switch (config.likelihood().kind()) {
      case REGRESSION -> regression(config, run, watch);
      case MIXTURE -> mixture(config, run, watch);
      case OWN -> ownTarget(config, run, watch);
    }
    run.atSignal(() -> {});
  }

  private static void ownTarget(PosteriorConfig config, Run run, Watch watch) throws Exception {
    run.inputNamed("likelihood", config.likelihood().text());
    Target target = config.likelihood().target();
    DrawsRoom.require(config, target.dimension());
    RunCheckpoint checkpoint = checkpoint(config, run, UserStarts.fingerprint(target));
    PosteriorModel model = PosteriorModel.of(target);
    PosteriorDraws draws = OwnSampling.of(config, run, target, model, checkpoint, watch);
    publish(new PosteriorOutcome(config, run, Optional.empty(), model, draws), checkpoint, run);
  }

  private static void tellInput(PosteriorConfig config, Run run) {
    InputConfig from = config.input().orElseThrow();
    Source.record(run, "input", from);
  }

  private static void mixture(PosteriorConfig config, Run run, Watch watch) throws Exception {
    tellInput(config, run);
    try (PosteriorInput input = PosteriorInput.read(config, run)) {
      RunCheckpoint checkpoint = checkpoint(config, run, input.fingerprint());
      MixtureSampling sampling = new MixtureSampling(config, run, input);
      PosteriorModel model = PosteriorModel.mixture(config.mixed(), sampling::evaluations);
      PosteriorDraws draws = sampling.draws(model, checkpoint, watch);
      publish(new PosteriorOutcome(config, run, Optional.of(input), model, draws), checkpoint, run);
    }
  }

  private static void regression(PosteriorConfig config, Run run, Watch watch) throws Exception {
    tellInput(config, run);
    try (PosteriorInput input = PosteriorInput.read(config, run)) {
      ModelParameters parameters =
          ModelParameters.of(config, input.rows().featureNames(), input.classes());
      RunCheckpoint checkpoint = checkpoint(config, run, input.fingerprint());
      PosteriorModel model =
          PosteriorModel.of(
              config,
              parameters,
              input.leaves(),
              input.classes(),
              JavaSparkContext.fromSparkContext(run.spark().sparkContext()));
      PosteriorDraws draws = PosteriorSampling.of(config, run, input, model, checkpoint, watch);
      publish(new PosteriorOutcome(config, run, Optional.of(input), model, draws), checkpoint, run);
    }
  }

  /** A sampler that has ended leaves no checkpoint, be its draws good or not. */
  private static void publish(PosteriorOutcome outcome, RunCheckpoint checkpoint, Run run) {
    try {
      outcome.publish();
    } catch (LemmaException e) {
      if (e.code() == ExitCode.GATE) {
        clear(checkpoint, run);
      }
      throw e;
    }
    clear(checkpoint, run);
  }

  private static void clear(RunCheckpoint checkpoint, Run run) {
    try {
      checkpoint.clear();
    } catch (IOException e) {
      run.warn(
          "the checkpoint at "
              + checkpoint.path()
              + " could not be removed ("
              + e.getMessage()
              + "): the next run takes its draws from it");
    }
  }

  private static RunCheckpoint checkpoint(PosteriorConfig config, Run run, String data)
      throws IOException {
    return RunCheckpoint.open(checkpoints(run), config.resume(), run.configuration(), data);
  }

  private static Checkpoints checkpoints(Run run) throws IOException {
    return Checkpoints.in(
        run.publication().checkpointPath(), run.spark().sparkContext().hadoopConfiguration());
  }
}
