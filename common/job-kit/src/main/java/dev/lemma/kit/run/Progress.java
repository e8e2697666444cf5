// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.Locale;
import java.util.function.Supplier;

/** Shows how a phase gets on: a line that is redrawn on a terminal, else one line at its end. */
final class Progress {
  private static final long REDRAW_MILLIS = 500;

  private final Console console;
  private volatile Thread painter;

  Progress(Console console) {
    this.console = console;
  }

  /** A phase begins; the counts are asked for while it lasts. */
  void begin(Supplier<PhaseCounts> counts) {
    if (!console.isTerminal()) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                while (painter == Thread.currentThread()) {
                  console.redraw(running(counts.get()));
                  Thread.sleep(REDRAW_MILLIS);
                }
              } catch (InterruptedException e) {
                // The phase is over.
              }
            },
            "lemma-progress");
    thread.setDaemon(true);
    painter = thread;
    thread.start();
  }

  /** The phase has ended. */
  void end(PhaseCounts counts, boolean well) {
    Thread thread = painter;
    painter = null;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(REDRAW_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    console.note(finished(counts, well));
  }

  static String running(PhaseCounts counts) {
    StringBuilder line = new StringBuilder(counts.name());
    long rows = Math.max(counts.rowsRead(), counts.rowsWritten());
    if (rows > 0) {
      line.append(", ").append(rows(rows));
    }
    if (counts.tasks() > 0) {
      line.append(
          String.format(Locale.ROOT, ", %,d of %,d tasks", counts.tasksDone(), counts.tasks()));
    }
    if (counts.tasksDone() > 0 && counts.tasksDone() < counts.tasks()) {
      double left = counts.seconds() * (counts.tasks() - counts.tasksDone()) / counts.tasksDone();
      // Tenths of a second, or no time at all, would promise what nobody knows.
      line.append(", about ").append(whole(Math.max(1, Math.round(left)))).append(" left");
    } else {
      line.append(", ").append(duration(counts.seconds()));
    }
    return line.toString();
  }

  static String finished(PhaseCounts counts, boolean well) {
    StringBuilder line = new StringBuilder(counts.name());
    line.append(well ? ": " : ": stopped after ").append(duration(counts.seconds()));
    if (counts.rowsRead() > 0) {
      line.append(", ").append(rows(counts.rowsRead())).append(" read");
    }
    if (counts.rowsWritten() > 0) {
      line.append(", ").append(rows(counts.rowsWritten())).append(" written");
    }
    return line.toString();
  }

  private static String rows(long count) {
    return String.format(Locale.ROOT, count == 1 ? "%d row" : "%,d rows", count);
  }

  /** A time as people say it. */
  static String duration(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole(Math.round(seconds));
  }

  private static String whole(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds % 3600 / 60);
  }
}
