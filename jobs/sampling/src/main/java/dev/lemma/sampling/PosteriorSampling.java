// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.ChainState;
import dev.lemma.math.sampling.DelayedAcceptance;
import dev.lemma.math.sampling.RandomWalkMetropolis;
import dev.lemma.math.sampling.RandomWalkOptions;
import dev.lemma.math.sampling.Sampler;
import dev.lemma.math.sampling.SamplerState;
import dev.lemma.math.sampling.TargetException;
import dev.lemma.math.sampling.WeightedDraws;
import dev.lemma.math.sampling.diagnostics.ParetoSmoothing;
import dev.lemma.math.sampling.glm.AugmentationKernel;
import dev.lemma.math.sampling.glm.AugmentedGibbs;
import dev.lemma.math.sampling.glm.CurvedTarget;
import dev.lemma.math.sampling.glm.LinearGibbs;
import dev.lemma.math.sampling.glm.LinearPosterior;
import dev.lemma.math.sampling.glm.MapFit;
import dev.lemma.math.sampling.glm.ModeSearch;
import dev.lemma.math.sampling.glm.StudentProposal;
import dev.lemma.math.sampling.glm.Surrogate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Chooses a method, and runs it. */
final class PosteriorSampling {
  /** Steps on the surrogate between two passes: a random walk forgets in about so many. */
  private static final int STEPS_A_DIMENSION = 5;

  private static final int START_DEGREES = 4;

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
    MapFit.Converged mode = stored.isPresent() ? stored.get() : begin();
    if (stored.isEmpty()) {
      watch.keep(() -> IndependenceRun.storeMode(checkpoint, mode), checkpoint.path());
    }
    return switch (config.method()) {
      case RANDOM_WALK -> randomWalk(mode);
      case DELAYED -> delayed(mode);
      case GIBBS -> gibbs(mode);
      case INDEPENDENCE, CONSENSUS -> independence(mode);
      case AUTO -> automatic(mode);
    };
  }

  /** The mode, or what the shards agree on. */
  private MapFit.Converged begin() throws Exception {
    if (config.method() == Method.CONSENSUS) {
      return new ShardedStart(config, input, model).consensus(run);
    }
    return Modes.require(
        run.phase("find the mode", () -> ModeSearch.of((CurvedTarget) model.target())),
        input.rows().labelKey());
  }

  private PosteriorDraws automatic(MapFit.Converged mode) throws Exception {
    PosteriorDraws draws = independence(mode);
    if (draws.kHat().getAsDouble() <= config.limits().kHat()) {
      return draws;
    }
    run.warn(
        String.format(
            Locale.ROOT,
            "k-hat of the proposals from the mode is %.2f, above %s: random walks take over",
            draws.kHat().getAsDouble(),
            config.limits().kHat()));
    return randomWalk(mode);
  }

  private PosteriorDraws independence(MapFit.Converged mode) throws Exception {
    IndependenceRun sampler = new IndependenceRun(model.target(), mode, config, checkpoint);
    ChainRun.tellResumed(run, sampler.taken(), "proposals evaluated");
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
        config.method() == Method.CONSENSUS ? Method.CONSENSUS : Method.INDEPENDENCE,
        model.reported(sampler.chains(model.parameters().names())),
        Optional.of(mode),
        Optional.of(weighted),
        OptionalDouble.of(kHat),
        Diagnosis.superchains(config.chains()));
  }

  private PosteriorDraws randomWalk(MapFit.Converged mode) throws Exception {
    return chains(
        Method.RANDOM_WALK,
        RandomWalkMetropolis.of(
            model.target(),
            key("posterior/random-walk"),
            RandomWalkOptions.of(model.target().dimension(), config.chains(), config.warmup()),
            covariance(mode)),
        StateForm.RANDOM_WALK,
        mode);
  }

  private PosteriorDraws delayed(MapFit.Converged mode) throws Exception {
    int d = model.target().dimension();
    return chains(
        Method.DELAYED,
        new DelayedAcceptance(
            model.target(),
            new Surrogate(
                new StudentProposal(mode.mode(), mode.curvature(), IndependenceRun.degrees(d))),
            covariance(mode),
            STEPS_A_DIMENSION * d,
            key("posterior/delayed"),
            config.chains(),
            config.warmup()),
        StateForm.PLAIN,
        mode);
  }

  private PosteriorDraws gibbs(MapFit.Converged mode) throws Exception {
    Sampler<ChainState> sampler =
        model.target() instanceof LinearPosterior linear
            ? new LinearGibbs(linear, key("posterior/gibbs"), config.chains(), config.warmup())
            : augmented();
    return chains(Method.GIBBS, sampler, StateForm.PLAIN, mode);
  }

  private Sampler<ChainState> augmented() {
    SparkGlm glm = model.glm().orElseThrow();
    AugmentationKernel kernel =
        new AugmentationKernel(config.family(), glm.shape().columns(), key("posterior/latent"));
    return new AugmentedGibbs(
        glm,
        model.parameters().names(),
        model.parameters().priors(),
        (b, chains, iteration) -> glm.latent(kernel, b, chains, iteration),
        key("posterior/gibbs"),
        config.chains(),
        config.warmup());
  }

  private StreamKey key(String stream) {
    return StreamKey.of(config.run().seed(), stream);
  }

  private static PackedSymmetric covariance(MapFit.Converged mode) {
    return Cholesky.of(mode.curvature()).orElseThrow().inverse();
  }

  private <S extends SamplerState> PosteriorDraws chains(
      Method method, Sampler<S> sampler, StateForm<S> form, MapFit.Converged mode)
      throws Exception {
    int group = Diagnosis.group(config.chains());
    ChainRun<S> chains =
        new ChainRun<>(method, sampler, form, () -> starts(mode, group), config, checkpoint);
    return model.drawn(method, chains, Optional.of(mode), config, run, watch);
  }

  /** Spread wider than the posterior, so that R-hat has something to see. */
  private double[] starts(MapFit.Converged mode, int group) {
    int d = model.target().dimension();
    StudentProposal law = new StudentProposal(mode.mode(), mode.curvature(), START_DEGREES);
    KeyedSource source = new KeyedSource(key("posterior/start"));
    double[] positions = new double[config.chains() * d];
    for (int c = 0; c < config.chains(); c++) {
      law.draw(source.at(0, 0, c / group), positions, c * d);
    }
    return positions;
  }
}
