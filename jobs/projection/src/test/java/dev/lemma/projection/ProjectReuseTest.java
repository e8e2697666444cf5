// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scheduled use: tomorrow's rows land in today's space, and a day can be run again. */
class ProjectReuseTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private Path first;

  private static Dataset<Row> read(Path output) {
    return Samples.SPARK.read().parquet(output.toString());
  }

  private Path write(String name, Dataset<Row> rows) {
    Path path = folder.resolve(name);
    rows.coalesce(1).write().parquet(path.toString());
    return path;
  }

  private static JobCall project(Path input, Path output, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + input,
                "columns.id=id",
                "columns.features=[x]",
                "output.path=" + output,
                "report=false",
                "pairs=0"));
    all.addAll(List.of(keys));
    return Calls.project(all.toArray(String[]::new));
  }

  /** Thirty texts with tf-idf, so that a refitted space would differ. */
  @BeforeAll
  static void projectToday() {
    Path texts = shared.resolve("today");
    Samples.texts(30).coalesce(1).write().parquet(texts.toString());
    assertThat(
            project(texts, shared.resolve("first"), "text.weighting=tf-idf", "k=8", "seed=4")
                .code())
        .isEqualTo(ExitCode.DONE);
  }

  /** Each test has its own copy of that output, to add to or to spoil. */
  @BeforeEach
  void copyToday() throws IOException {
    first = folder.resolve("first");
    FileUtils.copyDirectory(shared.resolve("first").toFile(), first.toFile());
  }

  /** Ten of today's texts under other ids. */
  private Path tomorrow() {
    return write(
        "tomorrow",
        Samples.texts(30).filter("id < 10").withColumn("id", functions.expr("id + 100")));
  }

  private static Map<Long, List<Long>> bits(Dataset<Row> rows, long from, long to) {
    Map<Long, List<Long>> shifted = new TreeMap<>();
    Samples.bits(rows.filter("id >= " + from + " and id < " + to), "projected")
        .forEach((id, bits) -> shifted.put(id - from, bits));
    return shifted;
  }

  @Test
  void newRowsLandInTheSpaceOfASpecification() throws IOException {
    Path second = folder.resolve("second");
    JobCall call = project(tomorrow(), second, "spec=" + first, "k=5", "seed=99");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(bits(read(second), 100, 110)).isEqualTo(bits(read(first), 0, 10));
    JsonNode manifest = JobCall.manifest(second);
    assertThat(manifest.path("same").path("specification"))
        .isEqualTo(JobCall.manifest(first).path("same").path("specification"));
    // The specification is in the second output, too, so that a chain of runs needs no first link.
    assertThat(RandomProjectionModel.load(second.resolve("_lemma/model").toString()).frequencies())
        .isEqualTo(
            RandomProjectionModel.load(first.resolve("_lemma/model").toString()).frequencies());
    Path third = folder.resolve("third");
    assertThat(project(folder.resolve("tomorrow"), third, "spec=" + second).code())
        .isEqualTo(ExitCode.DONE);
    assertThat(bits(read(third), 100, 110)).isEqualTo(bits(read(first), 0, 10));
  }

  @Test
  void withoutTheSpecificationTheSpaceIsAnother() {
    Path second = folder.resolve("second");
    project(tomorrow(), second, "text.weighting=tf-idf", "k=8", "seed=4");
    assertThat(bits(read(second), 100, 110)).isNotEqualTo(bits(read(first), 0, 10));
  }

  @Test
  void appendsRowsInTheSameSpaceToTheOutputItself() {
    JobCall call = project(tomorrow(), first, "spec=" + first, "output.mode=append");
    assertThat(call.lastLine()).contains("done in ");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    Dataset<Row> all = read(first);
    assertThat(all.count()).isEqualTo(40);
    assertThat(bits(all, 100, 110)).isEqualTo(bits(all, 0, 10));
    assertThat(JobCall.manifest(first).path("output").path("runs")).hasSize(2);
    // And again: the model is still there.
    Path more =
        write(
            "more",
            Samples.texts(30).filter("id < 10").withColumn("id", functions.expr("id + 200")));
    assertThat(project(more, first, "spec=" + first, "output.mode=append").code())
        .isEqualTo(ExitCode.DONE);
    assertThat(bits(read(first), 200, 210)).isEqualTo(bits(read(first), 0, 10));
  }

  @Test
  void refusesToAppendRowsOfAnotherSpace() {
    Map<String, String> rows = JobCall.tree(first);
    JobCall call =
        project(tomorrow(), first, "text.weighting=tf-idf", "k=8", "seed=5", "output.mode=append");
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(call.lastLine())
        .isEqualTo(
            "lemma project: failed (exit code 3): file:"
                + first
                + ": the rows that are there were made with another specification: found "
                + "13ff23e6ab77190a, expected a9326fc42aeb45df; use mode = overwrite, or another"
                + " output.path");
    Map<String, String> after = JobCall.tree(first);
    after.keySet().removeIf(name -> name.contains("_lemma"));
    rows.keySet().removeIf(name -> name.contains("_lemma"));
    assertThat(after).isEqualTo(rows);
    assertThat(JobCall.lastRun(first).path("status").asText()).isEqualTo("failed");
    assertThat(JobCall.manifest(first).path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void refusesASpecificationThatIsNotThereOrForOtherFeatures() {
    JobCall nowhere = project(tomorrow(), folder.resolve("o"), "spec=" + folder.resolve("no"));
    assertThat(nowhere.code()).isEqualTo(ExitCode.INPUT);
    assertThat(nowhere.lastLine())
        .isEqualTo(
            "lemma project: failed in phase settle the projection (exit code 3): spec: no"
                + " specification can be read there: found "
                + folder.resolve("no")
                + ", expected the output.path of an earlier run of project; check the path, or"
                + " leave spec out to make a new space");
    Path vectors = write("vectors", Samples.dense(Samples.values(20, 40)));
    JobCall numbers = project(vectors, folder.resolve("o"), "spec=" + first);
    assertThat(numbers.code()).isEqualTo(ExitCode.INPUT);
    assertThat(numbers.lastLine())
        .isEqualTo(
            "lemma project: failed in phase settle the projection (exit code 3): columns.features:"
                + " the specification at spec is for other features: found numbers, expected text;"
                + " name the column that the earlier run projected");
    Path projected = folder.resolve("projected");
    project(vectors, projected, "k=8");
    JobCall texts = project(folder.resolve("tomorrow"), folder.resolve("o"), "spec=" + projected);
    assertThat(texts.code()).isEqualTo(ExitCode.INPUT);
    assertThat(texts.lastLine())
        .isEqualTo(
            "lemma project: failed in phase settle the projection (exit code 3): columns.features:"
                + " the specification at spec is for other features: found text, expected numbers;"
                + " name the column that the earlier run projected");
  }

  @Test
  void rowsOfAnotherWidthAreBadRowsForASpecification() {
    Path vectors = write("vectors", Samples.dense(Samples.values(20, 40)));
    Path projected = folder.resolve("projected");
    project(vectors, projected, "k=8");
    Path wider =
        write(
            "wider",
            Samples.dense(Samples.values(20, 41)).withColumn("y", functions.expr("id + 1")));
    JobCall call = project(wider, folder.resolve("o"), "spec=" + projected);
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(call.lastLine())
        .isEqualTo(
            "lemma project: failed (exit code 3): spec: the specification has another d: found"
                + " length 41 in all 20 rows of x, expected 40; name the output whose projection was"
                + " made for rows of this length, or leave spec out to make a new space");
    assertThat(
            project(wider, folder.resolve("o"), "spec=" + projected, "columns.features=[id,y]")
                .lastLine())
        .contains("spec: contradicts the columns: found d = 40, expected 2 numeric columns;")
        .endsWith("correct key spec or leave it out");
    Path mixed =
        write("mixed", Samples.vectors(Vectors.zeros(40), Vectors.zeros(3), Vectors.zeros(50)));
    assertThat(project(mixed, folder.resolve("o"), "spec=" + projected).lastLine())
        .contains(
            "x: 2 of 3 rows cannot be used (2 wrong-length); wrong length 3 to 50 where d = 40");
  }

  @Test
  void aRerunOfADayReplacesThatDayAlone() {
    Path days = folder.resolve("days");
    for (String day : List.of("2026-11-20", "2026-11-21")) {
      Path input = write(day, Samples.texts(12).withColumn("day", functions.lit(day)));
      JobCall call = daily(input, days);
      assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    }
    assertThat(read(days).columns()).containsExactly("id", "projected", "day");
    Map<String, String> before = partition(days, "2026-11-20");
    Path again =
        write(
            "again",
            Samples.texts(30)
                .filter("id between 5 and 10")
                .withColumn("day", functions.lit("2026-11-21")));
    assertThat(daily(again, days).code()).isEqualTo(ExitCode.DONE);
    assertThat(partition(days, "2026-11-20")).isEqualTo(before);
    Dataset<Row> rows = read(days);
    assertThat(rows.filter("day = '2026-11-20'").count()).isEqualTo(12);
    assertThat(rows.filter("day = '2026-11-21'").orderBy("id").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(bits(rows.filter("day = '2026-11-21'"), 5, 11)).isEqualTo(bits(read(first), 5, 11));
  }

  private JobCall daily(Path input, Path output) {
    return project(
        input,
        output,
        "spec=" + first,
        "output.mode=overwrite-partitions",
        "output.partition-by=[day]");
  }

  private static Map<String, String> partition(Path output, String day) {
    return JobCall.tree(output.resolve("day=" + day));
  }

  @Test
  void rejectedRowsLieInTheRunsFolderWithTheirReasons() throws IOException {
    Path nulls =
        write(
            "nulls", Samples.texts(12).withColumn("x", functions.expr("if(id % 5 = 1, null, x)")));
    Path output = folder.resolve("out");
    JobCall call = project(nulls, output, "spec=" + first, "on-bad-row=quarantine");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).containsExactly("3 rows were left out: 3 null");
    JsonNode manifest = JobCall.manifest(output);
    assertThat(manifest.path("rows").toString())
        .isEqualTo("{\"read\":12,\"written\":9,\"rejected\":3}");
    Path rejected =
        output.resolve("_lemma/runs").resolve(manifest.path("run").asText()).resolve("rejected");
    assertThat(read(rejected).orderBy("id").collectAsList())
        .extracting(Row::toString)
        .containsExactly("[1,null,null]", "[6,null,null]", "[11,null,null]");
    assertThat(read(rejected).columns()).containsExactly("id", "x", "bad_row_reason");
    assertThat(read(output).count()).isEqualTo(9);
    assertThat(Files.exists(output.resolve("_lemma/tables"))).isFalse();
  }

  @Test
  void rowsAreTakenBackWithTheSpecificationThatMadeThem() {
    Path vectors = write("vectors", Samples.dense(Samples.values(20, 40)));
    Path projected = folder.resolve("projected");
    project(vectors, projected, "k=8");
    Path back = folder.resolve("back");
    JobCall call =
        project(
            projected,
            back,
            "columns.features=[projected]",
            "direction=back-project",
            "spec=" + projected);
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(read(back).columns()).containsExactly("id", "back_projected");
    RandomProjectionModel model =
        Samples.stage().setK(8).fit(Samples.dense(Samples.values(20, 40)));
    Dataset<Row> there = model.transform(Samples.dense(Samples.values(20, 40)));
    assertThat(Samples.bits(read(back), "back_projected"))
        .isEqualTo(Samples.bits(model.backProjection("z").transform(there), "z"));
    JobCall text =
        project(
            first,
            folder.resolve("o"),
            "columns.features=[projected]",
            "direction=back-project",
            "spec=" + first);
    assertThat(text.code()).isEqualTo(ExitCode.INPUT);
    assertThat(text.lastLine())
        .isEqualTo(
            "lemma project: failed in phase settle the projection (exit code 3): spec: a projection"
                + " of texts has no way back: found an open feature space, expected a known input"
                + " dimension d; name the output of a projection of vectors");
  }
}
