// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.RandomWalkMetropolis;
import dev.lemma.math.sampling.RandomWalkOptions;
import dev.lemma.math.sampling.RandomWalkState;
import dev.lemma.math.sampling.Target;
import dev.lemma.math.sampling.TargetException;
import java.util.Optional;

/** Random walks on a target of the user's own, on the driver. */
final class OwnSampling {
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
    try {
      RandomWalkMetropolis sampler =
          RandomWalkMetropolis.of(
              model.target(),
              StreamKey.of(seed, "posterior/random-walk"),
              RandomWalkOptions.of(target.dimension(), config.chains(), config.warmup()));
      ChainRun<RandomWalkState> chains =
          new ChainRun<>(
              Method.RANDOM_WALK,
              sampler,
              StateForm.RANDOM_WALK,
              () ->
                  UserStarts.of(
                      target,
                      StreamKey.of(seed, "posterior/start"),
                      config.chains(),
                      Diagnosis.group(config.chains()),
                      where),
              config,
              checkpoint);
      return model.drawn(Method.RANDOM_WALK, chains, Optional.empty(), config, run, watch);
    } catch (TargetException e) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(where, e.getMessage(), "return -infinity where a point is impossible"),
          e);
    }
  }
}
