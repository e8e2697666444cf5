// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs and mistakes with what exactly comes of each. */
class SvdOutcomesTest {
  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    double[][] values = SvdRows.values(20, 5);
    write("vectors", SvdRows.dense(values));
    write("one", SvdRows.dense(values).limit(1));
    write("empty", SvdRows.dense(values).limit(0));
    write("column", SvdRows.frame(Vectors.dense(3), Vectors.dense(4), Vectors.dense(0)));
    write("equal", SvdRows.frame(Vectors.dense(1, 2), Vectors.dense(1, 2), Vectors.dense(1, 2)));
    write("zeros", SvdRows.frame(Vectors.zeros(3), Vectors.zeros(3)));
    write("constant", SvdRows.frame(Vectors.dense(1, 7), Vectors.dense(2, 7), Vectors.dense(4, 7)));
    write(
        "flat",
        SvdRows.frame(Vectors.dense(1, 2, 3), Vectors.dense(2, 4, 6), Vectors.dense(3, 6, 9)));
    write(
        "nan",
        SvdRows.frame(Vectors.dense(1, 2), Vectors.dense(Double.NaN, 1), Vectors.dense(0, 1)));
    write("huge", SvdRows.frame(Vectors.dense(1e200, 2e200), Vectors.dense(3e200, 1e200)));
    SvdRows.SPARK
        .sql("select 1L as id, 'a text' as x")
        .write()
        .parquet(inputs.resolve("text").toString());
  }

  private static void write(
      String name, org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> rows) {
    rows.coalesce(1).write().parquet(inputs.resolve(name).toString());
  }

  static Stream<Arguments> outcomes() {
    String none = "";
    return Stream.of(
        done("vectors", "rank=3", none, 3),
        done("vectors", "rank=5", none, 5),
        done(
            "one",
            "rank=3 center=false",
            "the matrix has only 1 singular value that mode = power tells from 0, where 3 were"
                + " asked for",
            1),
        done("column", "rank=1 center=false", none, 1),
        done("column", "rank=1", none, 1),
        done(
            "constant",
            "rank=2 scale=true",
            "the matrix has only 1 singular value that mode = power tells from 0, where 2 were"
                + " asked for",
            1),
        done(
            "flat",
            "rank=2 mode=two-sided reads=2",
            "the matrix has only 1 singular value that mode = two-sided tells from 0, where 2"
                + " were asked for",
            1),
        done("nan", "rank=1 on-bad-row=skip", "1 row was left out: 1 nan", 1),
        failed(
            "nan",
            "rank=1",
            3,
            "x: 1 of 3 rows cannot be used (1 nan); first by id: 1; repair them, or set on-bad-row"
                + " = skip or quarantine"),
        failed(
            "one",
            "rank=1",
            3,
            "columns.features = x: all rows are equal: nothing is left once the mean is subtracted;"
                + " check the column, or set center = false"),
        failed(
            "equal",
            "rank=1",
            3,
            "columns.features = x: all rows are equal: nothing is left once the mean is subtracted;"
                + " check the column, or set center = false"),
        failed(
            "zeros",
            "rank=1 center=false",
            3,
            "columns.features = x: all rows are zero: no singular value is above 0; check the"
                + " column"),
        failed(
            "empty",
            "rank=1 d=5",
            3,
            "columns.features = x: there are no rows to decompose; check that the input is not"
                + " empty"),
        failed(
            "huge",
            "rank=1 center=false",
            3,
            "columns.features = x: the squares of the values leave the range of double; scale the"
                + " features down"),
        failed(
            "vectors",
            "rank=6",
            3,
            "rank: a matrix has no more singular values than columns: found 6, expected at most d ="
                + " 5; lower rank"),
        done("vectors", "rank=1 oversampling=0 memory=200B", none, 1),
        done("column", "rank=1 block-columns=1", none, 1),
        done(
            "constant",
            "rank=2 scale=true block-columns=1",
            "1 column is constant and stays at zero",
            1),
        failed(
            "empty",
            "rank=1 d=5 block-columns=2",
            3,
            "columns.features = x: there are no rows to decompose; check that the input is not"
                + " empty"),
        failed(
            "zeros",
            "rank=1 center=false block-columns=2",
            3,
            "columns.features = x: all rows are zero: no singular value is above 0; check the"
                + " column"),
        failed(
            "nan",
            "rank=1 block-columns=1",
            3,
            "x: 1 of 3 rows cannot be used (1 nan); first by id: 1; repair them, or set on-bad-row"
                + " = skip or quarantine"),
        failed(
            "vectors",
            "rank=5 memory=1KB",
            3,
            "memory: the driver holds 4 blocks of 1 by l = 5 numbers and a triangle of each of 5"
                + " blocks: found 2.1 KB, expected at most memory = 1.0 KB; raise memory and the"
                + " driver's heap, lower rank, max-rank or oversampling, leave block-columns out, or"
                + " project the features to fewer first (job project)"),
        failed(
            "vectors",
            "rank=5 reads=1 memory=1KB",
            3,
            "memory: a sketch is decomposed whole, of which the driver holds 6 matrices of n = 5 by l"
                + " = 5 numbers: found 1.2 KB, expected at most memory = 1.0 KB; raise memory and the"
                + " driver's heap, lower rank or oversampling, set reads to at least 2 to have it done"
                + " in blocks, or project the features to fewer first (job project)"),
        failed(
            "vectors",
            "rank=2 reads=1 block-columns=2",
            2,
            "a sketch is decomposed whole, by 48 d (rank + oversampling) bytes of the driver; leave"
                + " it out, or set reads to 2 or more"),
        failed("text", "rank=1", 3, "this job takes no texts"),
        failed("vectors", "rank=2 statistics=[nowhere] reads=1", 3, "no sketch can be read there"),
        failed("vectors", "", 2, "neither a rank nor a tolerance; set one of rank and tolerance"),
        failed(
            "vectors",
            "rank=2 tolerance=0.1",
            2,
            "a rank and a tolerance at once; set one of rank and tolerance"),
        failed(
            "vectors",
            "tolerance=1e-9",
            2,
            "tolerance (command line): must lie in 1e-7 to below 1, found 1.0E-9"),
        failed(
            "vectors",
            "rank=2 scale=true center=false",
            2,
            "scaling is about the mean; set center = true"),
        failed(
            "vectors",
            "rank=2 mode=two-sided",
            2,
            "mode = two-sided reads twice a step; make it even"),
        failed("vectors", "rank=0", 2, "rank (command line): must be at least 1, found 0"));
  }

  private static Arguments done(String input, String keys, String warning, int rank) {
    return Arguments.of(input, keys, 0, warning, rank);
  }

  private static Arguments failed(String input, String keys, int code, String line) {
    return Arguments.of(input, keys, code, line, 0);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("outcomes")
  void comesOutAsTold(String input, String keys, int code, String line, int rank) {
    Path output = folder.resolve("out");
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.id=id",
                "columns.features=[x]",
                "output.path=" + output,
                "report=false"));
    Arrays.stream(keys.split(" ")).filter(key -> !key.isEmpty()).forEach(assignments::add);
    JobCall call = SvdRows.svd(assignments.toArray(String[]::new));
    assertThat(call.code().code()).as(call.lastLine()).isEqualTo(code);
    if (code != 0) {
      assertThat(call.lastLine()).contains(line);
      assertThat(output.resolve("_lemma/manifest.json")).doesNotExist();
      return;
    }
    assertThat(JobCall.manifest(output).path("metrics").path("rank").asInt()).isEqualTo(rank);
    if (line.isEmpty()) {
      assertThat(call.warnings()).isEmpty();
    } else {
      assertThat(call.warnings()).anyMatch(warning -> warning.startsWith(line));
    }
  }
}
