// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.suite.BinLemma.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that a run was given is nowhere to be found afterwards. */
class SecretIT {
  private static final String CANARY = "kanarienvogel-9471";

  /** Plain text, or nothing could be found in it. */
  private static final String EVENTS =
      """
      spark.conf {
        "spark.eventLog.enabled" = true
        "spark.eventLog.compress" = false
        "spark.eventLog.rolling.enabled" = false
        "spark.eventLog.dir" = events
        "spark.sql.debug.maxToStringFields" = 1000
      }
      """;

  @TempDir Path temporary;

  @Test
  void isInNoFileAndNoLine() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("data"));
    Path events = Files.createDirectory(folder.resolve("events"));
    Files.writeString(folder.resolve("table.csv"), "id,height,weight\n1,1.8,70\n2,1.7,60\n");
    Files.writeString(
        folder.resolve("table.conf"),
        """
        input { format = csv, path = table.csv }
        input.options { header = true, inferSchema = true, password = ${?TABLE_PASSWORD} }
        columns { id = id, features = [height, weight] }
        k = 1
        output { path = out, mode = overwrite }
        """
            + EVENTS);
    BinLemma lemma = BinLemma.in(folder).with("TABLE_PASSWORD", CANARY);

    Answer would = lemma.run("project", "--config", "table.conf", "--dry-run");
    assertThat(would.code()).as(would.err()).isZero();
    assertThat(would.out()).contains("input.options.password = ");
    Answer done = lemma.run("project", "--config", "table.conf");
    assertThat(done.code()).as(done.err()).isZero();

    // What goes wrong is told in other people's words, which may quote anything.
    Files.writeString(
        folder.resolve("base.conf"),
        """
        input.format = jdbc
        input.options {
          url = "jdbc:nonsense://data.example/base?user=u&password="${?TABLE_PASSWORD}
          dbtable = points
          password = ${?TABLE_PASSWORD}
        }
        columns.features = x
        output { path = base }
        """
            + EVENTS);
    Answer failed = lemma.run("project", "--config", "base.conf");
    assertThat(failed.code()).as(failed.err()).isEqualTo(3);

    for (Answer answer : new Answer[] {would, done, failed}) {
      assertThat(answer.out() + answer.err()).doesNotContain(CANARY);
    }
    assertThat(FileTree.files(events)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(FileTree.holding("SparkListenerSQLExecutionStart", events)).isNotEmpty();
    assertThat(folder.resolve("out/_lemma/manifest.json")).content().contains("\"password\"");
    assertThat(FileTree.holding(CANARY, temporary)).isEmpty();
  }
}
