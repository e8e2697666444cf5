// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private record Nothing() {}

  /** A signal's handler says its last words while the run's own thread still ends its phase. */
  @Test
  void nothingComesBehindTheLastWords() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(err, true, StandardCharsets.UTF_8), "plan", Mask.of(new Nothing()));

    console.note("first");
    console.last("last");
    console.note("late");
    console.redraw("later");

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("lemma plan: first", "lemma plan: last");
  }

  /** However long it is, nothing of the line that is redrawn stays on the terminal. */
  @Test
  void aLineThatIsRedrawnNeitherWrapsNorStays() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(err, true, StandardCharsets.UTF_8), "plan", Mask.of(new Nothing()));
    console.redraw("at work");
    console.note("done");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r\u001b[K\u001b[?7llemma plan: at work\u001b[?7h"
                + "\r\u001b[Klemma plan: done"
                + System.lineSeparator());
  }

  @Test
  void theTimeLeftIsToldInWholeUnits() {
    assertThat(Progress.running(counts(0, 32))).isEqualTo("pass, 32 rows, 0 of 32 tasks, 30.0 s");
    assertThat(Progress.running(counts(3, 32)))
        .isEqualTo("pass, 32 rows, 3 of 32 tasks, about 4:50 min left");
    assertThat(Progress.running(counts(16, 32)))
        .isEqualTo("pass, 32 rows, 16 of 32 tasks, about 30 s left");
    assertThat(Progress.running(counts(9999, 10_000))).endsWith(", about 1 s left");
    assertThat(Progress.running(counts(32, 32))).isEqualTo("pass, 32 rows, 32 of 32 tasks, 30.0 s");
  }

  private static PhaseCounts counts(int done, int tasks) {
    return new PhaseCounts("pass", 30, 1, tasks, done, 0, 32, 0, 0);
  }
}
