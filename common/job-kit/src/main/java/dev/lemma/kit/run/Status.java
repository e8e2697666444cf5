// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.Locale;

/** How far a run has come, as its manifest says it. */
enum Status {
  /** At work, or killed before it could say otherwise. */
  RUNNING,
  /** Done and published. */
  SUCCEEDED,
  /** Ended by an error; nothing was published. */
  FAILED,
  /** A quality gate failed; nothing was published. */
  REJECTED,
  /** Stopped at its time budget, to be resumed. */
  STOPPED,
  /** Ended by a signal; nothing was published. */
  INTERRUPTED;

  static Status of(ExitCode code) {
    return switch (code) {
      case DONE -> SUCCEEDED;
      case UNEXPECTED, USAGE, INPUT, OUTPUT -> FAILED;
      case GATE -> REJECTED;
      case TIME_BUDGET -> STOPPED;
      case INTERRUPTED, TERMINATED -> INTERRUPTED;
    };
  }

  /** As it stands in JSON. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
