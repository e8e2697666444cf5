// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs and mistakes with what exactly comes of each. */
class NeighborsOutcomesTest {
  private static final Float[] GOOD = {1f, 2f, 3f};

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    write("empty");
    write("one", GOOD);
    write("two", GOOD, new Float[] {1f, 2f, 4f});
    write("null", GOOD, null, GOOD);
    write("nan", GOOD, new Float[] {1f, Float.NaN, 3f}, GOOD);
    write("ragged", GOOD, new Float[] {1f}, GOOD);
    write("wide", new Float[] {1f, 2f, 3f, 4f});
  }

  private static void write(String name, Float[]... values) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rows.add(RowFactory.create((long) i, values[i]));
    }
    NeighborRows.write(
        NeighborRows.SPARK
            .createDataFrame(
                rows,
                new StructType()
                    .add("id", DataTypes.LongType, false)
                    .add("x", DataTypes.createArrayType(DataTypes.FloatType), true))
            .coalesce(1),
        inputs.resolve(name));
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        done("empty", "d=3", 0),
        done("one", "", 0),
        done("one", "task=groups radius=0.1", 1),
        done("two", "k=5", 2),
        done("two", "task=radius radius=0.1 method=exact", 1),
        done("null", "on-bad-row=skip task=radius radius=0", 1),
        failed(
            "null",
            "",
            3,
            "x: 1 of 3 rows cannot be used (1 null); first by id: 1; repair them, or set on-bad-row = skip or quarantine"),
        failed(
            "nan",
            "",
            3,
            "x: 1 of 3 rows cannot be used (1 nan); first by id: 1; repair them, or set on-bad-row = skip or quarantine"),
        failed(
            "ragged",
            "d=3",
            3,
            "x: 1 of 3 rows cannot be used (1 wrong-length); wrong length 1 where d = 3; first by id: 1; repair them, or set on-bad-row = skip or quarantine"),
        failed(
            "two",
            "queries.path=IN/wide",
            3,
            "queries: its rows have other features than those of input: found d = 4, expected d = 3; name a table of the same features"),
        failed(
            "null",
            "on-bad-row=skip queries.path=IN/two budget=1",
            3,
            "budget: more pairs would be compared than may be (exact tiles): found 2, expected at most 1; set method = auto, or raise budget to 2"),
        failed("two", "task=radius", 2, "radius: within which distance?; set radius"),
        failed("two", "precision=double", 2, "leave precision out"),
        failed("two", "bucket-cap=2047", 2, "must be at least 2048, found 2047"),
        failed("two", "columns.keep=[x]", 2, "join the result with the input by id"));
  }

  @Test
  void repeatedIdsAreAWarning() {
    NeighborRows.write(
        NeighborRows.frame(new float[][] {{1, 2, 3}, {1, 2, 4}, {4, 5, 6}, {0, 0, 0}})
            .selectExpr("id % 2 as id", "x"),
        folder.resolve("in"));
    Path output = folder.resolve("out");
    JobCall call = NeighborRows.run(folder.resolve("in"), output, "k=1");
    assertThat(call.code().code()).as(call.lastLine()).isZero();
    assertThat(JobCall.manifest(output).path("warnings").toString())
        .contains(
            "2 rows of input repeat the id of another (column id): the result, which tells rows by"
                + " their ids, cannot tell them apart");
  }

  @Test
  void rowsWithoutAnIdAreRefused() {
    NeighborRows.write(
        NeighborRows.frame(new float[][] {{1, 2, 3}, {1, 2, 4}})
            .selectExpr("nullif(id, 1) as id", "x"),
        folder.resolve("in"));
    JobCall call = NeighborRows.run(folder.resolve("in"), folder.resolve("out"), "k=1");
    assertThat(call.code().code()).isEqualTo(3);
    assertThat(call.lastLine())
        .endsWith(
            "columns.id = id: 1 row of input has no id; fill the column, or leave these rows out");
  }

  private static Arguments done(String input, String keys, int written) {
    return Arguments.of(input, keys, 0, "", written);
  }

  private static Arguments failed(String input, String keys, int code, String line) {
    return Arguments.of(input, keys, code, line, 0);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("outcomes")
  void comesOutAsTold(String input, String keys, int code, String line, int written) {
    Path output = folder.resolve("out");
    String[] assignments =
        Arrays.stream(keys.replace("IN", inputs.toString()).split(" "))
            .filter(key -> !key.isEmpty())
            .toArray(String[]::new);
    JobCall call = NeighborRows.run(inputs.resolve(input), output, assignments);
    assertThat(call.code().code()).as(call.lastLine()).isEqualTo(code);
    if (code == 0) {
      assertThat(NeighborRows.read(output).count()).isEqualTo(written);
    } else {
      assertThat(call.lastLine()).endsWith(line);
      assertThat(output.resolve("_lemma/manifest.json")).doesNotExist();
    }
  }
}
