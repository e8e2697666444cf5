// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lemma.kit.run.Job;
import dev.lemma.suite.BinLemma.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new user's first steps with the real command, as processes. */
class CommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temporary;

  private Path folder;
  private BinLemma lemma;

  @BeforeEach
  void enter() throws IOException {
    // Blanks in paths are the first thing that a shell script gets wrong.
    folder = Files.createDirectory(temporary.resolve("first steps"));
    lemma = BinLemma.in(folder);
  }

  private static JsonNode manifest(Path output) throws IOException {
    return JSON.readTree(output.resolve("_lemma/manifest.json").toFile());
  }

  @Test
  void theTableAndTheHelpOfEveryJobAreThere() throws Exception {
    Answer table = lemma.run();
    assertThat(table.code()).isZero();
    List<String> jobs =
        Jobs.installed().all().stream()
            .filter(job -> !(job instanceof StubJob))
            .map(Job::name)
            .toList();
    assertThat(jobs).contains("project");
    for (String job : jobs) {
      assertThat(table.out()).contains("\n  " + job + " ");
      Answer help = lemma.run("help", job);
      assertThat(help.code()).as(job).isZero();
      assertThat(help.errLines()).isEmpty();
      assertThat(help.out()).contains("  seed ");
    }
    assertThat(lemma.run("--version").out())
        .matches("lemma \\S+ \\((unknown|[0-9a-f]{40}(-dirty)?)\\)\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void itIsFoundThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("my lemma"), Checkout.file("bin/lemma"));
    try (Child child =
        Child.start(
            List.of(link.toString(), "--version"),
            temporary,
            lemma.environment(),
            temporary.resolve("said"))) {
      assertThat(child.await()).as(child.err()).isZero();
      assertThat(child.out()).startsWith("lemma ");
    }
  }

  @Test
  void fiveMistakesAreToldBeforeSparkStarts() throws Exception {
    Files.writeString(
        folder.resolve("mine.conf"),
        "input.path = in\noutput.path = out\ncolumns.features = x\nkernel = fats\nepz = 0.1\n"
            + "k = many\n");
    Answer answer =
        lemma.run("project", "--config", "mine.conf", "eps=2", "input.options.password=hunter2");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    List<String> lines = answer.errLines();
    assertThat(lines).hasSize(5);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("lemma project: kernel (mine.conf:4): "))
        .anyMatch(line -> line.startsWith("lemma project: epz (mine.conf:5): "))
        .anyMatch(line -> line.startsWith("lemma project: k (mine.conf:6): "))
        .anyMatch(line -> line.startsWith("lemma project: eps (command line): "))
        .noneMatch(line -> line.contains("hunter2"));
    assertThat(answer.lastLine())
        .startsWith(
            "lemma project: failed (exit code 2, 5 problems): input.options.password (command"
                + " line): a secret on the command line ");
    assertThat(FileTree.names(folder)).containsExactly("mine.conf");
  }

  @Test
  void fromNothingToAProjection() throws Exception {
    Answer plan = lemma.run("plan", "rows=2000", "eps=0.5");
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("exact law", "chosen");

    Answer made = lemma.run("generate", "rows=2000", "features=60", "output.path=points");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.lastLine()).startsWith("lemma generate: done in ").contains("/points, report ");

    SortedMap<String, String> before = FileTree.of(folder);
    String[] words = {
      "project",
      "input.path=points",
      "columns.id=id",
      "columns.features=features",
      "k=20",
      "output.path=flat"
    };
    Answer wouldDo = lemma.run(with(words, "--dry-run"));
    assertThat(wouldDo.code()).as(wouldDo.err()).isZero();
    assertThat(wouldDo.out())
        .containsPattern("input.path = \"points\" +# command line")
        .containsPattern("(?m)^features +d = 60 of features$")
        .containsPattern("(?m)^family +sign ")
        .containsPattern("(?m)^k +20 ");
    assertThat(FileTree.of(folder)).isEqualTo(before);

    Answer done = lemma.run(words);
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.lastLine()).startsWith("lemma project: done in ");
    Path flat = folder.resolve("flat");
    JsonNode manifest = manifest(flat);
    assertThat(manifest.path("status").asText()).isEqualTo("succeeded");
    assertThat(manifest.path("rows").path("written").asLong()).isEqualTo(2000);
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertThat(flat.resolve("_lemma/report.html")).content().contains("<svg");
    assertThat(FileTree.names(folder)).containsExactly("flat", "points");

    before = FileTree.of(folder);
    Answer again = lemma.run(words);
    assertThat(again.code()).isEqualTo(4);
    assertThat(again.lastLine())
        .startsWith("lemma project: failed (exit code 4): ")
        .contains("output.mode");
    assertThat(FileTree.of(folder)).isEqualTo(before);
  }

  @Test
  void whatIsNotThereIsInputThatIsMissing() throws Exception {
    Answer noPath =
        lemma.run("project", "input.path=nowhere", "columns.features=x", "output.path=out", "k=5");
    assertThat(noPath.code()).isEqualTo(3);
    assertThat(noPath.lastLine())
        .startsWith("lemma project: failed in phase settle the projection (exit code 3): ")
        .contains("nowhere");

    Files.writeString(folder.resolve("table.csv"), "id,weight,height\n1,70.5,1.8\n2,60,1.7\n");
    Answer noColumn =
        lemma.run(
            "project",
            "input.format=csv",
            "input.options.header=true",
            "input.options.inferSchema=true",
            "input.path=table.csv",
            "columns.features=[weight, heigth]",
            "output.path=out",
            "k=1");
    assertThat(noColumn.code()).isEqualTo(3);
    assertThat(noColumn.lastLine()).contains("heigth", "height");
    assertThat(FileTree.names(folder.resolve("out"))).containsExactly("_lemma");
    assertThat(FileTree.names(folder.resolve("out/_lemma"))).containsExactly("runs");
  }

  private static String[] with(String[] words, String last) {
    String[] more = java.util.Arrays.copyOf(words, words.length + 1);
    more[words.length] = last;
    return more;
  }
}
