// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.random.Gaussians;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.ChainState;
import dev.lemma.math.sampling.TargetException;
import dev.lemma.math.sampling.glm.LinearStatistics;
import dev.lemma.math.sampling.glm.LocalGlm;
import dev.lemma.math.sampling.glm.MixtureGibbs;
import dev.lemma.math.sampling.glm.MixtureKernel;
import dev.lemma.math.sampling.glm.Prior;
import java.util.Optional;

/** Gibbs sampling of a Gaussian mixture, one pass a step. */
final class MixtureSampling {
  /** Starting means spread over so many standard deviations on either side. */
  private static final double SPREAD = 1.5;

  private static final double JITTER = 0.1;

  private final PosteriorConfig config;
  private final Run run;
  private final PosteriorInput input;
  private long evaluations;

  MixtureSampling(PosteriorConfig config, Run run, PosteriorInput input) {
    this.config = config;
    this.run = run;
    this.input = input;
  }

  /** Chains that passes have served so far, counted anew in each. */
  long evaluations() {
    return evaluations;
  }

  /** Draws. */
  PosteriorDraws draws(PosteriorModel model, RunCheckpoint checkpoint, Watch watch)
      throws Exception {
    int components = config.mixed();
    long seed = config.run().seed();
    MixtureGibbs sampler =
        new MixtureGibbs(
            this::sums,
            components,
            (Prior.Normal) config.prior().means().orElseThrow(),
            config.prior().sigma(),
            config.prior().shares(),
            StreamKey.of(seed, "posterior/gibbs"),
            config.chains(),
            config.warmup());
    ChainRun<ChainState> chains =
        new ChainRun<>(
            Method.GIBBS, sampler, StateForm.PLAIN, () -> starts(components), config, checkpoint);
    try {
      return model.drawn(Method.GIBBS, chains, Optional.empty(), config, run, watch);
    } catch (TargetException e) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              input.rows().labelKey(),
              e.getMessage(),
              "take fewer components, or values that are not rounded"),
          e);
    }
  }

  private double[] sums(double[] parameters, int chains, long iteration) {
    evaluations += chains;
    int components = config.mixed();
    StreamKey key = StreamKey.of(config.run().seed(), "posterior/latent");
    long seed = key.seed();
    long stream = key.stream();
    double[] points = parameters.clone();
    return input
        .leaves()
        .pass(
            leaf ->
                new MixtureKernel(components, new StreamKey(seed, stream))
                    .sums(leaf.block(), leaf.keys(), leaf.numbers(), points, chains, iteration),
            LocalGlm::plus);
  }

  /** Means spread evenly over the values, with some noise by chain; one pass. */
  private double[] starts(int components) {
    LinearStatistics values =
        input.leaves().pass(leaf -> LinearStatistics.of(leaf.block()), LinearStatistics::plus);
    double mean = values.labelMean();
    double deviation = values.labelDeviation() > 0 ? values.labelDeviation() : 1;
    Gaussians gaussians = new Gaussians(StreamKey.of(config.run().seed(), "posterior/start"));
    double[] noise = new double[components];
    double[] starts = new double[config.chains() * 3 * components];
    int group = Diagnosis.group(config.chains());
    for (int c = 0; c < config.chains(); c++) {
      gaussians.fill(0, 0, c / group, noise, 0, components);
      int at = c * 3 * components;
      for (int k = 0; k < components; k++) {
        double place = SPREAD * (2.0 * (k + 0.5) / components - 1) + JITTER * noise[k];
        starts[at + k] = mean + deviation * place;
        starts[at + components + k] = deviation / components;
        starts[at + 2 * components + k] = 1.0 / components;
      }
    }
    return starts;
  }
}
