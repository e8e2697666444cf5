// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.TargetException;
import dev.lemma.math.sampling.WeightedDraws;
import dev.lemma.math.sampling.diagnostics.ParetoSmoothing;
import dev.lemma.math.sampling.glm.MapFit;
import dev.lemma.math.sampling.glm.ModeSearch;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Chooses a method, and runs it. */
final class PosteriorSampling {
  private final PosteriorConfig config;
  private final Run run;
  private final PosteriorInput input;
  private final PosteriorModel model;
  private final RunCheckpoint checkpoint;
  private final Watch watch;

  private PosteriorSampling(
      PosteriorConfig config,
      Run run,
      PosteriorInput input,
      PosteriorModel model,
      RunCheckpoint checkpoint,
      Watch watch) {
    this.config = config;
    this.run = run;
    this.input = input;
    this.model = model;
    this.checkpoint = checkpoint;
    this.watch = watch;
  }

  static PosteriorDraws of(
      PosteriorConfig config,
      Run run,
      PosteriorInput input,
      PosteriorModel model,
      RunCheckpoint checkpoint,
      Watch watch)
      throws Exception {
    try {
      return new PosteriorSampling(config, run, input, model, checkpoint, watch).draws();
    } catch (TargetException e) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              input.rows().labelKey(),
              e.getMessage(),
              "bring the features to a common scale, or give the coefficients narrower priors"),
          e);
    }
  }

  private PosteriorDraws draws() throws Exception {
    Optional<MapFit.Converged> stored = IndependenceRun.storedMode(checkpoint);
    MapFit.Converged mode =
        stored.isPresent()
            ? stored.get()
            : Modes.require(
                run.phase("find the mode", () -> ModeSearch.of(model.target())),
                input.rows().labelKey());
    if (stored.isEmpty()) {
      IndependenceRun.storeMode(checkpoint, mode);
    }
    if (config.method() == Method.RANDOM_WALK) {
      return randomWalk(mode);
    }
    PosteriorDraws draws = independence(mode);
    boolean good = draws.kHat().getAsDouble() <= Diagnosis.MOST_K_HAT;
    if (config.method() == Method.AUTO && !good) {
      run.warn(
          String.format(
              "k-hat of the proposals from the mode is %.2f, above %.1f: random walks take over",
              draws.kHat().getAsDouble(), Diagnosis.MOST_K_HAT));
      return randomWalk(mode);
    }
    return draws;
  }

  private PosteriorDraws independence(MapFit.Converged mode) throws Exception {
    IndependenceRun sampler = new IndependenceRun(model.target(), mode, config, checkpoint);
    tellResumed(sampler.taken(), "proposals evaluated");
    int batch = ProposalPlan.batch(config, input);
    run.phase("evaluate proposals", () -> sampler.evaluate(batch, watch));
    WeightedDraws weighted = sampler.weighted(model.parameters().names());
    ParetoSmoothing smoothing = ParetoSmoothing.of(weighted.logWeights());
    // NaN where the tail has one weight: the best that can be.
    double kHat =
        Double.isNaN(smoothing.shape()) && smoothing.trusted()
            ? Double.NEGATIVE_INFINITY
            : smoothing.shape();
    return new PosteriorDraws(
        Method.INDEPENDENCE,
        model.reported(sampler.chains(model.parameters().names())),
        mode,
        Optional.of(weighted),
        OptionalDouble.of(kHat),
        OptionalInt.empty());
  }

  private PosteriorDraws randomWalk(MapFit.Converged mode) throws Exception {
    OptionalInt superchains = Diagnosis.superchains(config.chains());
    int group = superchains.isPresent() ? config.chains() / superchains.getAsInt() : 1;
    RandomWalkRun sampler = new RandomWalkRun(model.target(), mode, config, group, checkpoint);
    tellResumed(sampler.taken(), "iterations made");
    run.phase("walk", () -> sampler.walk(watch));
    return new PosteriorDraws(
        Method.RANDOM_WALK,
        model.reported(sampler.chains()),
        mode,
        Optional.empty(),
        OptionalDouble.empty(),
        superchains);
  }

  private void tellResumed(long taken, String what) {
    run.metric("resumed", taken);
    if (taken > 0) {
      run.warn("goes on from a checkpoint with " + taken + " " + what);
    }
  }
}
