// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.sampling.glm.Likelihood;

/** Whether the driver can hold the draws that are asked for, told before a row is read. */
final class DrawsRoom {
  /** Draws as they are made, by chain, as they are reported, as a table. */
  private static final int COPIES = 4;

  private DrawsRoom() {}

  /**
   * Parameters of a regression, at least: classes of a softmax model may show in the rows alone.
   *
   * @param features d
   */
  static long parameters(PosteriorConfig config, int features) {
    if (config.isMixture()) {
      return 3L * config.mixed();
    }
    long predictors = config.classes().orElse(2) - 1L;
    return (features + (config.intercept() ? 1 : 0)) * predictors
        + (config.family() == Likelihood.LINEAR ? 1 : 0);
  }

  /**
   * Refuses what does not fit.
   *
   * @param parameters P
   * @throws LemmaException with code 3
   */
  static void require(PosteriorConfig config, long parameters) {
    double numbers =
        config.chains()
            * (1.0 + Math.min(config.warmup(), IndependenceRun.MOST_WARMUP) + config.draws())
            * (parameters + 1);
    double bytes = COPIES * Double.BYTES * numbers;
    if (numbers > Integer.MAX_VALUE - 8 || bytes > Runtime.getRuntime().maxMemory()) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              "draws",
              config.chains()
                  + " chains of "
                  + config.draws()
                  + " draws of "
                  + parameters
                  + (parameters == 1 ? " parameter" : " parameters")
                  + " take about "
                  + ByteSize.describe(bytes)
                  + " on the driver, which has "
                  + ByteSize.describe(Runtime.getRuntime().maxMemory()),
              "lower chains or draws, or give the driver more memory (2^31 numbers at most)"));
    }
  }
}
