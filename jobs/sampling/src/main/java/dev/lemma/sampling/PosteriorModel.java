// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.BatchTarget;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.SamplerState;
import dev.lemma.math.sampling.Target;
import dev.lemma.math.sampling.glm.GlmPosterior;
import dev.lemma.math.sampling.glm.GlmShape;
import dev.lemma.math.sampling.glm.Likelihood;
import dev.lemma.math.sampling.glm.LinearPosterior;
import dev.lemma.math.sampling.glm.LinearStatistics;
import dev.lemma.math.sampling.glm.MixtureGibbs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The target of a run: a posterior, and how its points are reported.
 *
 * @param points what samplers evaluate; empty for a mixture, which is drawn from conditionals
 * @param parameters names and priors
 * @param glm where rows are asked for every point; empty where statistics are enough
 * @param report turns a point, in place, into what is reported
 * @param evaluations passes so far, times the points that each served
 */
record PosteriorModel(
    Optional<BatchTarget> points,
    ModelParameters parameters,
    Optional<SparkGlm> glm,
    Consumer<double[]> report,
    LongSupplier evaluations) {
  /**
   * The model of these rows. A linear one takes its one pass here.
   *
   * @param classes K
   */
  static PosteriorModel of(
      PosteriorConfig config,
      ModelParameters parameters,
      CachedLeaves leaves,
      int classes,
      JavaSparkContext context) {
    if (config.family() == Likelihood.LINEAR) {
      LinearStatistics statistics =
          leaves.pass(leaf -> LinearStatistics.of(leaf.block()), LinearStatistics::plus);
      LinearPosterior target =
          config.intercept()
              ? LinearPosterior.withIntercept(statistics, parameters.names(), parameters.priors())
              : LinearPosterior.withoutIntercept(
                  statistics, parameters.names(), parameters.priors());
      return new PosteriorModel(
          Optional.of(target), parameters, Optional.empty(), target::reportInPlace, () -> 0);
    }
    int columns = parameters.names().size() / (classes - 1);
    SparkGlm glm = new SparkGlm(new GlmShape(config.family(), columns, classes), leaves, context);
    return new PosteriorModel(
        Optional.of(new GlmPosterior(glm, parameters.names(), parameters.priors())),
        parameters,
        Optional.of(glm),
        point -> {},
        glm::evaluations);
  }

  /** A target of the user's own. */
  static PosteriorModel of(Target own) {
    return new PosteriorModel(
        Optional.of(BatchTarget.of(own)),
        new ModelParameters(own.names(), List.of()),
        Optional.empty(),
        point -> {},
        () -> 0);
  }

  /** A mixture of K components. */
  static PosteriorModel mixture(int components, LongSupplier evaluations) {
    return new PosteriorModel(
        Optional.empty(),
        new ModelParameters(MixtureGibbs.names(components), List.of()),
        Optional.empty(),
        MixtureGibbs::orderInPlace,
        evaluations);
  }

  /** What samplers evaluate. */
  BatchTarget target() {
    return points.orElseThrow();
  }

  /** Runs chains to their end. */
  <S extends SamplerState> PosteriorDraws drawn(
      Method method,
      ChainRun<S> chains,
      Optional<Centre> centre,
      PosteriorConfig config,
      Run run,
      Watch watch) {
    ChainRun.tellResumed(run, chains.taken(), "iterations made");
    run.phase("draw", () -> chains.finish(watch));
    return new PosteriorDraws(
        method,
        reported(chains.chains()),
        centre,
        Optional.empty(),
        OptionalDouble.empty(),
        Diagnosis.superchains(config.chains()));
  }

  /**
   * The draws as they are reported: sigma itself, not its logarithm, and components by their means.
   */
  Chains reported(Chains draws) {
    int d = draws.dimension();
    double[] values = new double[draws.chains() * draws.draws() * d];
    double[] densities = new double[draws.chains() * draws.draws()];
    for (int c = 0; c < draws.chains(); c++) {
      System.arraycopy(draws.logDensities(c), 0, densities, c * draws.draws(), draws.draws());
      for (int i = 0; i < draws.draws(); i++) {
        double[] point = draws.draw(c, i);
        report.accept(point);
        System.arraycopy(point, 0, values, (c * draws.draws() + i) * d, d);
      }
    }
    return Chains.of(
        parameters.names(), draws.chains(), draws.draws(), values, densities, draws.acceptance());
  }
}
