// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.MultivariateStudent;
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
import dev.lemma.math.sampling.glm.ModeSearch;
import dev.lemma.math.sampling.glm.Surrogate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Chooses a method, and runs it. */
final class PosteriorSampling {
  /** Steps on the surrogate between two passes: a random walk forgets in about so many. */
  private static final int STEPS_A_DIMENSION = 5;

  /** The surrogate's tails: heavier than the posterior's, and light where the posterior lies. */
  private static final int DEGREES_A_DIMENSION = 10;

  private static final int LEAST_DEGREES = 40;
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
    Optional<Centre> stored = IndependenceRun.storedCentre(checkpoint);
    Centre centre = stored.isPresent() ? stored.get() : begin();
    if (stored.isEmpty()) {
      watch.keep(() -> IndependenceRun.storeCentre(checkpoint, centre), checkpoint.path());
    }
    return switch (config.method()) {
      case RANDOM_WALK -> randomWalk(centre);
      case DELAYED -> delayed(centre);
      case GIBBS -> gibbs(centre);
      case INDEPENDENCE, CONSENSUS -> independence(centre);
      case AUTO -> automatic(centre);
    };
  }

  /** The mode, or what the shards agree on. */
  private Centre begin() throws Exception {
    if (config.method() == Method.CONSENSUS) {
      return new ShardedStart(config, input, model).consensus(run);
    }
    return Centre.of(
        Modes.require(
            run.phase("find the mode", () -> ModeSearch.of((CurvedTarget) model.target())),
            input.rows().labelKey()));
  }

  private PosteriorDraws automatic(Centre centre) throws Exception {
    PosteriorDraws draws = independence(centre);
    if (draws.kHat().getAsDouble() <= config.limits().kHat()) {
      return draws;
    }
    run.warn(
        String.format(
            Locale.ROOT,
            "k-hat of the proposals from the mode is %.2f, above %s: random walks take over",
            draws.kHat().getAsDouble(),
            config.limits().kHat()));
    return randomWalk(centre);
  }

  private PosteriorDraws independence(Centre centre) throws Exception {
    IndependenceRun sampler = new IndependenceRun(model.target(), centre, config, checkpoint);
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
        Optional.of(centre),
        Optional.of(weighted),
        OptionalDouble.of(kHat),
        Diagnosis.superchains(config.chains()));
  }

  private PosteriorDraws randomWalk(Centre centre) throws Exception {
    return chains(
        Method.RANDOM_WALK,
        RandomWalkMetropolis.of(
            model.target(),
            key("posterior/random-walk"),
            RandomWalkOptions.of(model.target().dimension(), config.chains(), config.warmup()),
            covariance(centre)),
        StateForm.RANDOM_WALK,
        centre);
  }

  private PosteriorDraws delayed(Centre centre) throws Exception {
    int d = model.target().dimension();
    Surrogate surrogate =
        run.phase(
            "expand around the mode",
            () ->
                Surrogate.of(
                    (CurvedTarget) model.target(),
                    centre.at(),
                    centre.precision(),
                    Math.max(LEAST_DEGREES, DEGREES_A_DIMENSION * d)));
    return chains(
        Method.DELAYED,
        new DelayedAcceptance(
            model.target(),
            surrogate,
            covariance(centre),
            STEPS_A_DIMENSION * d,
            key("posterior/delayed"),
            config.chains(),
            config.warmup()),
        StateForm.PLAIN,
        centre);
  }

  private PosteriorDraws gibbs(Centre centre) throws Exception {
    Sampler<ChainState> sampler =
        model.target() instanceof LinearPosterior linear
            ? new LinearGibbs(linear, key("posterior/gibbs"), config.chains(), config.warmup())
            : augmented();
    return chains(Method.GIBBS, sampler, StateForm.PLAIN, centre);
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

  private static PackedSymmetric covariance(Centre centre) {
    return Cholesky.of(centre.precision()).orElseThrow().inverse();
  }

  private <S extends SamplerState> PosteriorDraws chains(
      Method method, Sampler<S> sampler, StateForm<S> form, Centre centre) throws Exception {
    int group = Diagnosis.group(config.chains());
    ChainRun<S> chains =
        new ChainRun<>(method, sampler, form, () -> starts(centre, group), config, checkpoint);
    return model.drawn(method, chains, Optional.of(centre), config, run, watch);
  }

  /** Spread wider than the posterior, so that R-hat has something to see. */
  private double[] starts(Centre centre, int group) {
    int d = model.target().dimension();
    MultivariateStudent law =
        MultivariateStudent.ofPrecision(START_DEGREES, centre.at(), centre.precision());
    KeyedSource source = new KeyedSource(key("posterior/start"));
    double[] positions = new double[config.chains() * d];
    for (int c = 0; c < config.chains(); c++) {
      law.draw(source.at(0, 0, c / group), positions, c * d);
    }
    return positions;
  }
}
