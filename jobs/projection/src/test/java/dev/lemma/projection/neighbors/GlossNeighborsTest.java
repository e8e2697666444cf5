// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real texts: one gloss of WordNet in twenty. */
class GlossNeighborsTest {
  private static final double RADIUS = 0.4;

  @TempDir static Path folder;

  @BeforeAll
  static void write() {
    Dataset<Row> glosses =
        Source.read(
            NeighborRows.SPARK,
            new InputConfig(
                "parquet", Optional.empty(), Optional.empty(), Optional.of("wordnet"), Map.of()));
    NeighborRows.write(
        glosses.filter("crc32(id) % 20 = 0").select("id", "gloss").coalesce(1),
        folder.resolve("in"));
  }

  private static JobCall run(String output, String... keys) {
    String[] all = new String[keys.length + 2];
    all[0] = "columns.features=[gloss]";
    all[1] = "min-recall=0.95";
    System.arraycopy(keys, 0, all, 2, keys.length);
    JobCall call = NeighborRows.run(folder.resolve("in"), folder.resolve(output), all);
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return call;
  }

  @Test
  void nearDuplicatesAreFoundAsOftenAsTheIntervalSays() {
    run("exact", "task=radius", "radius=" + RADIUS, "method=exact");
    run("hashed", "task=radius", "radius=" + RADIUS, "method=lsh", "recall-rows=4000");
    TreeSet<String> truth = NeighborRows.lines(NeighborRows.read(folder.resolve("exact")));
    TreeSet<String> found = NeighborRows.lines(NeighborRows.read(folder.resolve("hashed")));
    assertThat(truth).hasSizeGreaterThan(30).containsAll(found);
    JsonNode recall = JobCall.manifest(folder.resolve("hashed")).path("metrics").path("recall");
    assertThat((double) found.size() / truth.size())
        .isBetween(recall.path("lower").asDouble(), recall.path("upper").asDouble());
  }

  @Test
  void everyGlossHasTenNearest() {
    run("nearest");
    Dataset<Row> lists = NeighborRows.read(folder.resolve("nearest"));
    long rows = NeighborRows.read(folder.resolve("in")).count();
    assertThat(lists.count()).isEqualTo(10 * rows);
    assertThat(lists.filter("id = neighbor").count()).isZero();
  }
}
