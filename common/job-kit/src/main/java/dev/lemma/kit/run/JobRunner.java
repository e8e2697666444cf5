// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.Resolved;
import java.io.PrintStream;

/** Runs a job from its configuration to its exit code. */
public final class JobRunner {
  private JobRunner() {}

  /**
   * Runs the job, or tells what it would do.
   *
   * @param job the job
   * @param config its bound configuration
   * @param resolved where the configuration came from; printed by the dry run, kept in the manifest
   * @param mode whether to work
   * @param out where the dry run's answer goes
   * @param err where progress, warnings and the last line go
   * @return how it ended; never throws for what goes wrong inside the job
   */
  public static <C extends Record> ExitCode run(
      Job<C> job, C config, Resolved resolved, RunMode mode, PrintStream out, PrintStream err) {
    throw new IllegalStateException("not yet");
  }
}
