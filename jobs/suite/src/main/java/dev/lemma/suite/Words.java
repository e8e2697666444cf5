// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.run.Job;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What may stand on the command line; picocli fills these objects. */
final class Words {
  private Words() {}

  /** {@code lemma} without a job. */
  @Command(name = "lemma")
  static final class Root {
    @Option(names = {"-V", "--version"})
    boolean version;

    @Option(names = {"-h", "--help"})
    boolean help;
  }

  /** {@code lemma help [JOB]}. */
  @Command(name = "help")
  static final class Help {
    @Parameters(arity = "0..1", paramLabel = "JOB")
    String job;
  }

  /** {@code lemma JOB ...}. */
  @Command
  static final class ForJob {
    final Job<?> job;

    @Option(names = "--config", paramLabel = "FILE")
    List<String> files = new ArrayList<>();

    @Option(names = "--dry-run")
    boolean dryRun;

    @Option(names = {"-h", "--help"})
    boolean help;

    @Parameters(arity = "0..*", paramLabel = "KEY=VALUE")
    List<String> assignments = new ArrayList<>();

    ForJob(Job<?> job) {
      this.job = job;
    }
  }
}
