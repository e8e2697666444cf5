// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.JobRunner;
import dev.lemma.kit.run.RunMode;
import java.util.List;

/** A process that runs the job posterior, to be killed. */
final class PosteriorProcess {
  private PosteriorProcess() {}

  /**
   * Runs the job.
   *
   * @param args its configuration
   */
  public static void main(String[] args) {
    Bound<PosteriorConfig> bound =
        ConfigLoader.of(List.of(), List.of(args)).load(PosteriorConfig.class);
    ExitCode code =
        JobRunner.run(
            new PosteriorJob(),
            bound.config(),
            bound.resolved(),
            RunMode.RUN,
            System.out,
            System.err);
    System.exit(code.code());
  }
}
