// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lemma.suite.BinLemma.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped, in order or not, in the middle of its writing. */
class InterruptionIT {
  /** Hours of work, were it not stopped. */
  private static final String[] ENDLESS = {
    "generate", "rows=1000000000", "output.path=points", "output.mode=overwrite", "seed=7"
  };

  private static final String[] SHORT = {
    "generate", "rows=1000", "features=10", "output.path=points", "output.mode=overwrite"
  };

  @TempDir Path temporary;

  /** Whether a task of a run is writing rows beside the output just now. */
  private static boolean isWriting(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(
          file ->
              file.toString().contains("/.points.lemma-")
                  && file.toString().contains("/_temporary/")
                  && file.toString().endsWith(".parquet"));
    } catch (IOException | java.io.UncheckedIOException moved) {
      // The folders move while they are walked.
      return false;
    }
  }

  private static List<String> outcomes(Path output) throws IOException {
    try (Stream<Path> runs = Files.list(output.resolve("_lemma/runs"))) {
      return runs.sorted().map(InterruptionIT::outcome).toList();
    }
  }

  private static String outcome(Path run) {
    try {
      JsonNode manifest = new ObjectMapper().readTree(run.resolve("manifest.json").toFile());
      return manifest.path("status").asText() + " " + manifest.path("exitCode").asText("-");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leaveTheOldOutputWholeAndNoLitterForLong() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("data"));
    Path output = folder.resolve("points");
    BinLemma lemma = BinLemma.in(folder);
    Answer first = lemma.run(SHORT);
    assertThat(first.code()).as(first.err()).isZero();
    SortedMap<String, String> published = FileTree.published(output);

    // SIGTERM: the run tidies up and says so.
    try (Child run = lemma.start(ENDLESS)) {
      run.awaitUntil("the first file of rows", () -> isWriting(folder));
      run.terminate();
      assertThat(run.await()).isEqualTo(143);
      assertThat(run.err().lines().reduce((before, last) -> last).orElse(""))
          .isEqualTo(
              "lemma generate: failed in phase generate rows (exit code 143): interrupted by"
                  + " SIGTERM; nothing was published; run again");
    }
    assertThat(FileTree.published(output)).isEqualTo(published);
    assertThat(FileTree.names(folder)).containsExactly("points");
    assertThat(outcomes(output)).containsExactly("succeeded 0", "interrupted 143");

    // SIGKILL: nobody tidies up.
    try (Child run = lemma.start(ENDLESS)) {
      run.awaitUntil("the first file of rows", () -> isWriting(folder));
      run.killAlone();
      assertThat(run.await()).isEqualTo(137);
    }
    assertThat(FileTree.published(output)).isEqualTo(published);
    assertThat(FileTree.names(folder)).hasSizeGreaterThan(1);

    Answer next = lemma.run(SHORT);
    assertThat(next.code()).as(next.err()).isZero();
    assertThat(FileTree.names(folder)).containsExactly("points");
    assertThat(outcomes(output))
        .containsExactly("succeeded 0", "interrupted 143", "interrupted -", "succeeded 0");
  }
}
