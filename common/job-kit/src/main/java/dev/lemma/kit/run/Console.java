// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.io.PrintStream;

/** What a run says on stderr. Every line names the job, and no line holds a secret. */
final class Console {
  private static final String CLEAR = "\r\u001b[K";
  // A line too long for the terminal is cut there: one that wraps could not be taken back.
  private static final String UNWRAPPED = "\u001b[?7l";
  private static final String WRAPPED = "\u001b[?7h";

  private final PrintStream err;
  private final String prefix;
  private final Mask mask;
  private final boolean terminal;
  private boolean drawn;
  private boolean closed;

  Console(PrintStream err, String job, Mask mask) {
    this.err = err;
    this.prefix = "lemma " + job + ": ";
    this.mask = mask;
    // Our own err stands for a terminal only when it is the process's, which may be redirected.
    this.terminal =
        err == System.err && System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  boolean isTerminal() {
    return terminal;
  }

  /** A line that stays. Line breaks in the text become spaces. */
  synchronized void note(String text) {
    if (closed) {
      return;
    }
    clear();
    err.println(prefix + mask.apply(text).replaceAll("\\s*[\\r\\n]+\\s*", " "));
    err.flush();
  }

  /** The last line: what other threads still have to say is not heard any more. */
  synchronized void last(String text) {
    note(text);
    closed = true;
  }

  /** The line that is redrawn, replaced by the next one of either kind. */
  synchronized void redraw(String text) {
    if (closed) {
      return;
    }
    err.print(CLEAR + UNWRAPPED + prefix + mask.apply(text) + WRAPPED);
    err.flush();
    drawn = true;
  }

  /** Removes the line that is redrawn. */
  synchronized void clear() {
    if (drawn) {
      err.print(CLEAR);
      drawn = false;
    }
  }
}
