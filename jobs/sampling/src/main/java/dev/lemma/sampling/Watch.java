// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.kit.run.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Says when a sampler saves its state: on an interval, when the time budget is used up, and when a
 * signal ends the process.
 */
final class Watch {
  private final Run run;
  private final Optional<Duration> budget;
  private final long every;
  private final long began = System.nanoTime();
  private long saved = began;
  private boolean warned;

  Watch(Run run, Optional<Duration> budget, Duration every) {
    this.run = run;
    this.budget = budget;
    this.every = every.toNanos();
  }

  /**
   * Sets what a signal saves; it must exclude the sampler's own thread by itself.
   *
   * @param path where it goes, for the message
   */
  void onSignal(Step save, String path) {
    run.atSignal(
        () -> {
          save.run();
          run.warn("what is done so far is kept at " + path + ": a further run goes on from there");
        });
  }

  /**
   * Called between two pieces of work.
   *
   * @param save writes the state
   * @param path where it goes, for messages
   * @throws LemmaException with code 6 when the time is used up, with code 1 when the state then
   *     cannot be written
   */
  void pause(Step save, String path) throws Exception {
    long now = System.nanoTime();
    boolean over = budget.isPresent() && now - began >= budget.get().toNanos();
    if (over) {
      throw stopped(save, "time-budget = " + budget.get().toSeconds() + " s", path);
    }
    if (now - saved >= every) {
      saved = now;
      keep(save, path);
    }
  }

  private static LemmaException stopped(Step save, String where, String path) throws Exception {
    try {
      save.run();
    } catch (IOException e) {
      // Not code 6, which promises a checkpoint.
      return new LemmaException(
          ExitCode.UNEXPECTED,
          Problem.of(
              where,
              "the time is used up, and the checkpoint could not be written at "
                  + path
                  + " ("
                  + e.getMessage()
                  + ")",
              "make room; a further run goes on from an earlier checkpoint, if there is one"),
          e);
    }
    return new LemmaException(
        ExitCode.TIME_BUDGET,
        Problem.of(
            where,
            "the time is used up; what is done so far is kept at " + path,
            "run again to go on"));
  }

  /**
   * Saves, or warns: the draws do not depend on it, and a later checkpoint may find room again.
   *
   * @param path where it goes, for messages
   */
  void keep(Step save, String path) throws Exception {
    try {
      save.run();
    } catch (IOException e) {
      if (!warned) {
        warned = true;
        run.warn(
            "the checkpoint could not be written at "
                + path
                + " ("
                + e.getMessage()
                + "): a run that is stopped now goes on from an earlier one");
      }
    }
  }
}
