// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a process of its own: what a scheduler sees. */
class CommandProcessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --version       | 0 | ``
          help stub       | 0 | ``
          stub rows=x input.path=a output.path=b | 2 | lemma stub: failed (exit code 2): rows (command line): wrong type: found "x", expected an integer
          """)
  void itEndsWithItsCodeAndLastLine(String words, int code, String lastLine) throws Exception {
    Path err = folder.resolve("err");
    assertThat(lemma(err, words.split(" "))).isEqualTo(code);
    List<String> lines = Files.readAllLines(err);
    assertThat(lines.isEmpty() ? "" : lines.get(lines.size() - 1)).isEqualTo(lastLine);
  }

  private int lemma(Path err, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
