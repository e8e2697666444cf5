// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.Conditional;
import dev.lemma.math.sampling.Gibbs;
import dev.lemma.math.sampling.RandomWalkMetropolis;
import dev.lemma.math.sampling.RandomWalkOptions;
import dev.lemma.math.sampling.SliceConditional;
import dev.lemma.math.sampling.Target;
import dev.lemma.math.sampling.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Random walks on a target of the user's own, or slices within Gibbs, on the driver. */
final class OwnSampling {
  /** Of a slice to begin with: parameters are taken to be of a scale of about 1. */
  private static final double WIDTH = 1;

  private OwnSampling() {}

  /**
   * Draws.
   *
   * @throws LemmaException with code 3 where the target returns NaN or infinity, or its density is
   *     0 wherever chains could start
   */
  static PosteriorDraws of(
      PosteriorConfig config,
      Run run,
      Target target,
      PosteriorModel model,
      RunCheckpoint checkpoint,
      Watch watch)
      throws Exception {
    String where = "likelihood = " + config.likelihood().text();
    long seed = config.run().seed();
    Supplier<double[]> starts =
        () ->
            UserStarts.of(
                target,
                StreamKey.of(seed, "posterior/start"),
                config.chains(),
                Diagnosis.group(config.chains()),
                where);
    try {
      return config.method() == Method.GIBBS
          ? model.drawn(
              Method.GIBBS,
              new ChainRun<>(
                  Method.GIBBS,
                  slices(config, target),
                  StateForm.PLAIN,
                  starts,
                  config,
                  checkpoint),
              Optional.empty(),
              config,
              run,
              watch)
          : model.drawn(
              Method.RANDOM_WALK,
              new ChainRun<>(
                  Method.RANDOM_WALK,
                  RandomWalkMetropolis.of(
                      model.target(),
                      StreamKey.of(seed, "posterior/random-walk"),
                      RandomWalkOptions.of(target.dimension(), config.chains(), config.warmup())),
                  StateForm.RANDOM_WALK,
                  starts,
                  config,
                  checkpoint),
              Optional.empty(),
              config,
              run,
              watch);
    } catch (TargetException e) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(where, e.getMessage(), "return -infinity where a point is impossible"),
          e);
    }
  }

  /** Each parameter in turn from its conditional, by a slice. */
  private static Gibbs slices(PosteriorConfig config, Target target) {
    List<Conditional> moves = new ArrayList<>();
    for (int j = 0; j < target.dimension(); j++) {
      moves.add(new SliceConditional(target, j, WIDTH));
    }
    return Gibbs.systematic(
        target.names(),
        moves,
        StreamKey.of(config.run().seed(), "posterior/gibbs"),
        config.chains(),
        config.warmup());
  }
}
