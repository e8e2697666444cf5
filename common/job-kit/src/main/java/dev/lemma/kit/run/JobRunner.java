// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.Resolved;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.io.LeaseTiming;
import dev.lemma.kit.io.Publisher;
import dev.lemma.kit.report.Page;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job from its configuration to its exit code: session, lease, phases, publication,
 * manifest, report, and the last line on stderr.
 *
 * <p>A session that the process has already is used and left running; otherwise one is started and
 * stopped.
 */
public final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private JobRunner() {}

  /**
   * Runs the job, or tells what it would do.
   *
   * @param job the job
   * @param config its bound configuration
   * @param resolved where the configuration came from; printed by the dry run, kept in the manifest
   * @param mode whether to work
   * @param out where the dry run's and the job's answers go
   * @param err where progress, warnings and the last line go
   * @return how it ended; never throws for what goes wrong inside the job
   */
  public static <C extends Record> ExitCode run(
      Job<C> job, C config, Resolved resolved, RunMode mode, PrintStream out, PrintStream err) {
    return run(job, config, resolved, mode, out, err, LeaseTiming.STANDARD);
  }

  static <C extends Record> ExitCode run(
      Job<C> job,
      C config,
      Resolved resolved,
      RunMode mode,
      PrintStream out,
      PrintStream err,
      LeaseTiming timing) {
    Mask mask = Mask.of(config);
    Console console = new Console(err, job.name(), mask);
    RunConfig settings = job.settings(config);
    Session session = Session.of(job.name(), settings.sparkConf());
    Optional<LastWords> end;
    try {
      Instant start = Instant.now();
      String id = RunId.at(start);
      Optional<Publisher> publisher =
          Publisher.of(job.output(config), settings.manifest(), session.hadoop(), id, timing);
      if (publisher.isPresent()) {
        for (Map.Entry<String, String> input : InputPaths.of(config).entrySet()) {
          publisher.get().requireApart(input.getKey(), input.getValue());
        }
      }
      RunRecord record = new RunRecord(id, job.name(), start, resolved, settings.seed());
      Page page = Page.titled(job.name(), job.summary());
      LiveRun run = new LiveRun(record, mode, session, publisher, console, page, out);
      try {
        if (mode == RunMode.DRY_RUN) {
          new DryRun(out, mask).print(resolved, publisher, job.plan(config, run));
          end = Optional.empty();
        } else {
          end =
              new Execution(record, session, publisher, console, mask, settings.report())
                  .perform(
                      run,
                      () -> {
                        if (publisher.isPresent()) {
                          publisher.get().publication().requireSame("job", job.name());
                        }
                        job.run(config, run);
                      });
        }
      } catch (Throwable e) {
        end = Optional.of(untraced(e, run.currentPhase(), mask));
      } finally {
        run.close();
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      end = Optional.of(untraced(e, "", mask));
    } finally {
      session.close();
    }
    end.ifPresent(words -> words.say(console));
    return end.map(LastWords::code).orElse(ExitCode.DONE);
  }

  /** What to say where no run folder takes the trace. */
  private static LastWords untraced(Throwable thrown, String phase, Mask mask) {
    LemmaException told = Diagnosis.of(thrown);
    if (told.code() == ExitCode.UNEXPECTED) {
      LOG.error("failed outside a run: {}", mask.apply(Trace.of(thrown)));
    }
    return LastWords.of(told, phase);
  }
}
