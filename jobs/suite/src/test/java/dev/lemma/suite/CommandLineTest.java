// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.config.KeyDoc;
import dev.lemma.kit.run.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
  private static final String CANARY = "hunter2";

  @TempDir Path folder;

  private record Answer(int code, String out, String err) {
    List<String> errLines() {
      return err.lines().toList();
    }
  }

  private static Answer lemma(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            words,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Stream<Job<?>> jobs() {
    return Jobs.installed().all().stream();
  }

  @Test
  void aloneItShowsTheJobTable() {
    for (Answer answer : List.of(lemma(), lemma("help"), lemma("--help"))) {
      assertThat(answer.code()).isZero();
      assertThat(answer.err()).isEmpty();
      jobs().forEach(job -> assertThat(answer.out()).contains("  " + job.name() + " "));
      assertThat(answer.out()).contains("JOB [--config FILE]... [--dry-run] [KEY=VALUE]...");
    }
  }

  @Test
  void itTellsItsVersionAndCommit() {
    assertThat(lemma("--version").out())
        .matches("lemma \\S+ \\((unknown|[0-9a-f]{40}(-dirty)?)\\)\n");
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void helpTellsEveryKeyOfEveryJob(Job<?> job) {
    Answer answer = lemma("help", job.name());
    assertThat(answer.code()).isZero();
    assertThat(answer.out().lines()).allMatch(line -> line.length() <= 100);
    for (KeyDoc key : ConfigLoader.keys(job.configuration())) {
      assertThat(answer.out().lines())
          .as(key.path())
          .anyMatch(line -> line.startsWith("  " + key.path() + " "));
      assertThat(key.doc()).as(key.path()).isNotBlank().doesNotEndWith(".");
    }
    assertThat(lemma(job.name(), "--help").out()).isEqualTo(answer.out());
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void namesAreInKebabCase(Job<?> job) {
    assertThat(job.name()).matches("[a-z]+(-[a-z]+)*");
    assertThat(job.summary()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
    assertThat(ConfigLoader.keys(job.configuration()))
        .extracting(KeyDoc::path)
        .allMatch(path -> path.matches("[a-z0-9]+([.-][a-z0-9]+)*"))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          stubb                | lemma: failed (exit code 2): command line: no job is called "stubb"; did you mean stub?
          nonsense             | lemma: failed (exit code 2): command line: no job is called "nonsense"; run lemma without words to see the jobs
          --nonsense           | lemma: failed (exit code 2): command line: no such option --nonsense; run lemma without words to see what it can do
          help stubb           | lemma help: failed (exit code 2): command line: no job is called "stubb"; did you mean stub?
          help stub more       | lemma help: failed (exit code 2): command line: too many words; write lemma help JOB
          stub --dryrun        | lemma stub: failed (exit code 2): command line: no such option --dryrun; options are --config FILE, --dry-run and --help; all else is KEY=VALUE
          stub --password=hunter2 | lemma stub: failed (exit code 2): command line: no such option --password; options are --config FILE, --dry-run and --help; all else is KEY=VALUE
          stub --config        | lemma stub: failed (exit code 2): command line: --config has no value; write --config FILE
          stub --config none   | lemma stub: failed (exit code 2): --config none: no such file; name a HOCON file of this machine
          """)
  void aMistakeIsOneLine(String words, String line) {
    Answer answer = lemma(words.split(" "));
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).isEqualTo(line + System.lineSeparator());
  }

  @Test
  void fiveMistakesAreFiveLines() throws IOException {
    Path file = folder.resolve("stub.conf");
    Files.writeString(
        file, "input.path = in\noutput.path = out\nrows = many\nkernel = fats\nepz = 0.1\n");
    Answer answer =
        lemma("stub", "--config", file.toString(), "eps=2", "input.options.password=" + CANARY);
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).doesNotContain(CANARY);
    assertThat(answer.errLines().stream().map(line -> line.replace(folder + "/", "")))
        .containsExactly(
            "lemma stub: rows (stub.conf:3): wrong type: found \"many\", expected an integer",
            "lemma stub: kernel (stub.conf:4): no such value: found \"fats\", expected one of exact,"
                + " fast; did you mean fast?",
            "lemma stub: epz (stub.conf:5): no such key; did you mean eps?",
            "lemma stub: eps (command line): must lie in (0, 1), found 2.0",
            "lemma stub: failed (exit code 2, 5 problems): input.options.password (command line): a"
                + " secret on the command line is seen by everyone on the machine; put password ="
                + " ${?NAME} into a --config file and set the environment variable NAME");
    assertThat(folder.toFile().list()).containsExactly("stub.conf");
  }
}
