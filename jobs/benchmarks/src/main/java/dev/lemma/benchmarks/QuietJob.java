// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.JobRunner;
import dev.lemma.kit.run.RunMode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whole jobs as the command runs them, in this process and without a word. */
final class QuietJob {
  private QuietJob() {}

  /**
   * Runs a job to its end.
   *
   * @param assignments as on the command line, such as {@code output.mode=overwrite}
   * @throws IllegalStateException if it ends with another code than 0
   */
  static <C extends Record> void run(Job<C> job, List<String> assignments) {
    Bound<C> bound = ConfigLoader.of(List.of(), assignments).load(job.configuration());
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    ExitCode code = JobRunner.run(job, bound.config(), bound.resolved(), RunMode.RUN, quiet, quiet);
    if (code != ExitCode.DONE) {
      throw new IllegalStateException(job.name() + " ended with " + code);
    }
  }
}
