// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import java.util.List;
import java.util.Optional;

/**
 * A job: a configuration and what is done with it. Found by {@link java.util.ServiceLoader}; all
 * that jobs share (configuration, session, progress, publishing, manifest, exit code) is done
 * around them by {@link JobRunner}.
 *
 * @param <C> the record that the configuration is bound to
 */
public interface Job<C extends Record> {
  /** The name on the command line, in kebab-case. */
  String name();

  /** One line for the job table, without a final full stop. */
  String summary();

  /** The record that the configuration is bound to. */
  Class<C> configuration();

  /** Where the result goes, or empty for a job that publishes nothing. */
  Optional<OutputConfig> output(C config);

  /** The settings that all jobs share. */
  RunConfig settings(C config);

  /**
   * What would be done: schema of the input, derived numbers, passes, shuffles, the kernel chosen
   * and why. Reads no more than schemas and file sizes, and writes nothing.
   */
  List<Fact> plan(C config, Run run);

  /**
   * Does it. What is written goes through {@link Run#publication()} and appears at the output only
   * after this method has returned.
   *
   * @throws Exception whatever went wrong; {@link JobRunner} tells the user
   */
  void run(C config, Run run) throws Exception;
}
