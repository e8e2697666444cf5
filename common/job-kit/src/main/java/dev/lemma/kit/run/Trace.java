// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Tells an exception with all its causes, as a stack trace does, but for the words of data bases:
 * they quote the statement or the row that was refused. Spark repeats what a task threw in messages
 * of its own, so a message that names such an exception is withheld whole.
 */
final class Trace {
  private static final List<String> SIGNS =
      List.of("java.sql.", "SQLException", "BatchUpdateException");

  private final StringBuilder text = new StringBuilder();
  private final Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());

  private Trace() {}

  /** The whole story, several lines. */
  static String of(Throwable thrown) {
    Trace trace = new Trace();
    trace.tell("", thrown, false);
    return trace.text.toString();
  }

  /** Class, SQLState and vendor code: what no row is quoted in. */
  static String of(SQLException refusal) {
    return refusal.getClass().getSimpleName()
        + ", SQLState "
        + refusal.getSQLState()
        + ", code "
        + refusal.getErrorCode();
  }

  /** Whether a message may quote what a data base said. */
  static boolean quotesDataBase(String message) {
    return SIGNS.stream().anyMatch(message::contains);
  }

  private void tell(String label, Throwable thrown, boolean belowDataBase) {
    if (!told.add(thrown)) {
      return;
    }
    boolean dataBase = belowDataBase || thrown instanceof SQLException;
    text.append(label).append(thrown.getClass().getName());
    if (thrown instanceof SQLException refusal) {
      text.append(": ").append(of(refusal));
    } else if (thrown.getMessage() != null) {
      boolean withheld = dataBase || quotesDataBase(thrown.getMessage());
      text.append(": ")
          .append(withheld ? "(message withheld: it may quote rows)" : thrown.getMessage());
    }
    text.append('\n');
    for (StackTraceElement frame : thrown.getStackTrace()) {
      text.append("\tat ").append(frame).append('\n');
    }
    for (Throwable other : thrown.getSuppressed()) {
      tell("Suppressed: ", other, dataBase);
    }
    if (thrown.getCause() != null) {
      tell("Caused by: ", thrown.getCause(), dataBase);
    }
    if (thrown instanceof SQLException refusal && refusal.getNextException() != null) {
      tell("Next: ", refusal.getNextException(), true);
    }
  }
}
