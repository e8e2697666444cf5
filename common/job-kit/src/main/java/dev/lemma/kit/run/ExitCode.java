// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

/** How a run ended, as the process tells its scheduler. The numbers are a contract. */
public enum ExitCode {
  /** The output is complete and published. */
  DONE(0),
  /** A fault nobody foresaw. */
  UNEXPECTED(1),
  /** The command line or the configuration alone is wrong; nothing was written. */
  USAGE(2),
  /** Input or a stored artefact is missing or cannot be used. */
  INPUT(3),
  /** The output exists already or is leased by another run; nothing was written. */
  OUTPUT(4),
  /** A quality gate failed: nothing is published at the output path. */
  GATE(5),
  /** Stopped at the time budget; the checkpoint can be resumed. */
  TIME_BUDGET(6),
  /** Interrupted from the keyboard (SIGINT). */
  INTERRUPTED(130),
  /** Told to stop (SIGTERM). */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }
}
