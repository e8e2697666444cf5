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
}
