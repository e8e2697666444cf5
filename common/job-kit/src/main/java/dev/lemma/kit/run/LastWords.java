// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.List;

/**
 * What is said last about a run that did not succeed: after Spark has stopped, so that nothing
 * comes behind it.
 *
 * @param code how it ended
 * @param phase where, or empty
 * @param problems why; none when all has been said
 */
record LastWords(ExitCode code, String phase, List<Problem> problems) {
  static LastWords of(LemmaException e, String phase) {
    return new LastWords(e.code(), phase, e.problems());
  }

  /** For a run about which a signal's handler has said everything. */
  static LastWords said(ExitCode code) {
    return new LastWords(code, "", List.of());
  }

  /** Every problem on a line; the last line of all names the code, the phase and a problem. */
  void say(Console console) {
    if (problems.isEmpty()) {
      return;
    }
    for (Problem problem : problems.subList(0, problems.size() - 1)) {
      console.note(problem.line());
    }
    console.last(line());
  }

  String line() {
    String place = phase.isEmpty() ? "" : " in phase " + phase;
    // Time that is used up is no failure: the run goes on another time.
    return (code == ExitCode.TIME_BUDGET ? "stopped" : "failed")
        + place
        + " (exit code "
        + code.code()
        + "): "
        + problems.get(problems.size() - 1).line();
  }
}
