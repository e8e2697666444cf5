// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.io.Published;
import dev.lemma.kit.io.Publisher;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real run from its lease to its outcome. */
final class Execution {
  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  /** How long tasks may take to notice that they were cancelled before their files are removed. */
  private static final long CANCEL_MILLIS = 3000;

  private static final long POLL_MILLIS = 50;

  private final RunRecord record;
  private final Session session;
  private final Optional<Publisher> publisher;
  private final Console console;
  private final Mask mask;
  private final boolean report;
  private volatile boolean begun;
  private volatile boolean traced;

  Execution(
      RunRecord record,
      Session session,
      Optional<Publisher> publisher,
      Console console,
      Mask mask,
      boolean report) {
    this.record = record;
    this.session = session;
    this.publisher = publisher;
    this.console = console;
    this.mask = mask;
    this.report = report;
  }

  /**
   * Does the work and publishes it.
   *
   * @return empty if all went well, else what to say last
   */
  Optional<LastWords> perform(LiveRun run, Step work) {
    try (ShutdownGuard guard = new ShutdownGuard(signal -> interrupted(run, signal))) {
      try {
        begin();
        work.run();
        publish(run, guard);
        return Optional.empty();
      } catch (Throwable e) {
        if (!guard.enterEnding()) {
          guard.awaitHook();
          return Optional.of(LastWords.said(ShutdownGuard.signal()));
        }
        return Optional.of(fail(run, e));
      }
    }
  }

  private void begin() throws IOException {
    if (publisher.isPresent()) {
      publisher.get().begin(console::note);
      begun = true;
      writeManifest("manifest.json", Manifest.Outcome.running());
      publisher.get().refuseExistingTable(session::get);
    }
  }

  private void publish(LiveRun run, ShutdownGuard guard) throws IOException {
    if (publisher.isPresent()) {
      if (report) {
        byte[] page = page(run);
        publisher.get().stageFile("report.html", page);
        publisher.get().writeRunFile("report.html", page);
      }
      if (!guard.enterPublishing()) {
        throw stopped(ShutdownGuard.signal());
      }
      byte[] manifest = manifest(Manifest.Outcome.succeeded());
      List<String> undone = publisher.get().publish(manifest, session::get);
      undone.forEach(what -> console.note("warning: " + what));
      release();
      Published published = publisher.get().published();
      console.note(
          "done in "
              + Progress.duration(
                  Duration.between(record.started(), Instant.now()).toMillis() / 1e3)
              + ": "
              + published.table().map(table -> "table " + table).orElse(published.path())
              + (report ? ", report " + publisher.get().path("report.html") : ""));
    }
  }

  /** Once the rows are there, a lease that stays is no failure. */
  private void release() {
    try {
      publisher.orElseThrow().release();
    } catch (IOException | RuntimeException e) {
      LOG.debug("the lease of run {} stays", record.run(), e);
      console.note("warning: the lease could not be deleted; the next run waits until it expires");
    }
  }

  private LastWords fail(LiveRun run, Throwable thrown) {
    LemmaException told = Diagnosis.of(thrown);
    String phase = run.currentPhase();
    if (begun) {
      end(run, told, thrown);
      attempt(publisher.orElseThrow()::release);
    }
    if (traced) {
      return LastWords.of(Diagnosis.kept(told), phase);
    }
    if (told.code() == ExitCode.UNEXPECTED) {
      LOG.error("run {} failed: {}", record.run(), mask.apply(Trace.of(thrown)));
    }
    return LastWords.of(told, phase);
  }

  /** Writes the outcome and removes what was staged. */
  private void end(LiveRun run, LemmaException told, Throwable thrown) {
    boolean settled = attempt(() -> settle(run, told, thrown));
    attempt(publisher.orElseThrow()::abandon);
    if (!settled) {
      // What was staged may have filled the disk, and has just made room.
      attempt(() -> settle(run, told, thrown));
    }
  }

  /** Writes the outcome where the run's records are. */
  private void settle(LiveRun run, LemmaException told, Throwable thrown) throws IOException {
    Publisher place = publisher.orElseThrow();
    if (place.isLeaseLost()) {
      // Another run may be swapping the output right now.
      return;
    }
    if (place.isUnfinished()) {
      // The output's name may be free, and what is written there would stand in the repair's way.
      return;
    }
    if (told.code() == ExitCode.USAGE || told.code() == ExitCode.OUTPUT) {
      place.forget();
      return;
    }
    if (told.code() == ExitCode.UNEXPECTED) {
      byte[] trace = mask.apply(Trace.of(thrown)).getBytes(StandardCharsets.UTF_8);
      place.writeRunFile("error.txt", trace);
      traced = true;
    }
    LemmaException known = traced ? Diagnosis.kept(told) : told;
    List<Problem> problems = known.problems().stream().map(mask::apply).toList();
    // Before the page, which is larger: where room is short the outcome matters more.
    writeManifest("manifest.json", Manifest.Outcome.failed(told.code(), Failure.of(problems)));
    if (report) {
      place.writeRunFile("report.html", page(run));
    }
  }

  /** Called by the shutdown hook, on its thread. */
  private void interrupted(LiveRun run, ExitCode signal) {
    attempt(run.keep());
    session.started().ifPresent(spark -> cancel(spark.sparkContext()));
    LemmaException told = stopped(signal);
    if (begun) {
      end(run, told, told);
    }
    publisher.ifPresent(place -> attempt(place::release));
    // Tasks that Spark is about to turn away would be told of behind the last words, in its log and
    // as traces that its threads print.
    session.started().ifPresent(spark -> spark.sparkContext().setLogLevel("OFF"));
    LastWords.of(told, run.currentPhase()).say(console);
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  private void cancel(SparkContext context) {
    try {
      context.cancelJobGroup(record.run());
      long deadline = System.currentTimeMillis() + CANCEL_MILLIS;
      while (context.statusTracker().getActiveStageIds().length > 0
          && System.currentTimeMillis() < deadline) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("jobs could not be cancelled", e);
    }
  }

  private static LemmaException stopped(ExitCode signal) {
    String name = signal == ExitCode.INTERRUPTED ? "SIGINT" : "SIGTERM";
    return new LemmaException(
        signal, Problem.of("", "interrupted by " + name, "nothing was published; run again"));
  }

  private byte[] page(LiveRun run) {
    return run.report()
        .warnings(record.warnings().stream().map(mask::apply).toList())
        .footer("lemma " + Version.current().version() + ", run " + record.run())
        .html()
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] manifest(Manifest.Outcome outcome) {
    record.session(session.started());
    return ManifestJson.bytes(record.manifest(outcome, publisher.map(Publisher::published)), mask);
  }

  private void writeManifest(String name, Manifest.Outcome outcome) throws IOException {
    publisher.orElseThrow().writeRunFile(name, manifest(outcome));
  }

  /** What fails while a failure is dealt with must not hide it; returns whether it went well. */
  private boolean attempt(Step step) {
    try {
      step.run();
      return true;
    } catch (Exception e) {
      LOG.warn("while run {} was ended: {}", record.run(), mask.apply(String.valueOf(e)));
      return false;
    }
  }
}
