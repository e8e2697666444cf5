// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs and mistakes with what exactly comes of each: exit code, last line on stderr, status in
 * the manifest of the run, rows written.
 */
class ProjectOutcomesTest {
  private static final String SETTLING = " in phase settle the projection";
  private static final double NAN = Double.NaN;
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    double[][] values = Samples.values(20, 40);
    write("vectors", Samples.dense(values));
    write("empty", Samples.dense(values).limit(0));
    write("one", Samples.dense(values).limit(1));
    write("texts", Samples.texts(20));
    write("zeros", Samples.dense(new double[20][40]));
    write("wide", Samples.units(20, 400));
    write("twice", Samples.dense(values).withColumn("id", functions.expr("id % 5")));
    write(
        "lengths",
        Samples.vectors(
            Vectors.dense(1, 2, 3), Vectors.dense(1, 2, 3), Vectors.dense(1, 2), Vectors.zeros(4)));
    write("nulls", arrays(good(), null, good(), good()));
    write("elements", arrays(good(), new Double[] {1.0, null, 3.0}, good(), good()));
    write("nan", arrays(good(), new Double[] {1.0, NAN, 3.0}, good(), good()));
    write("infinite", arrays(good(), new Double[] {1.0, INFINITE, 3.0}, good(), good()));
    write("large", arrays(good(), new Double[] {1.0, 1e300, 3.0}, good(), good()));
    write("overflow", arrays(good(), new Double[] {3e38, 3e38, 3e38}, good(), good()));
    write("hardly-finite", arrays(huge(), huge(), huge(), huge(), huge(), huge(), good(), good()));
    write(
        "numbers-as-text",
        Samples.doubles(values).selectExpr("id", "string(x[0]) as a", "string(x[1]) as b"));
  }

  private static Double[] huge() {
    return new Double[] {3e38, 3e38, 3e38};
  }

  private static Double[] good() {
    return new Double[] {1.0, 2.0, 3.0};
  }

  private static Dataset<Row> arrays(Double[]... rows) {
    return Samples.frame(DataTypes.createArrayType(DataTypes.DoubleType), Arrays.asList(rows));
  }

  private static void write(String name, Dataset<Row> rows) {
    rows.coalesce(1).write().parquet(inputs.resolve(name).toString());
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        // Inputs that are there and good for something.
        done("vectors", "k=8", 20),
        done("texts", "k=8", 20),
        done("one", "k=8", 1),
        done("one", "k=8 max-share-outside=0.1", 1),
        done("zeros", "k=8 max-share-outside=0.1", 20),
        done("twice", "k=8", 20),
        done("empty", "k=8 d=40", 0),
        done("vectors", "k=40 family=orthonormal", 20),
        done("vectors", "", 20),
        done("large", "k=2 precision=double", 4),
        // Nothing to read.
        failed(
            "nowhere",
            "k=8",
            3,
            SETTLING,
            "IN/nowhere: no such path; check input.path, or run the job that writes it"),
        failed(
            "empty",
            "k=8",
            3,
            SETTLING,
            "columns.features = x: no row tells the number of features; check that the input is not empty, or set key d"),
        failed(
            "vectors",
            "columns.features=[xx] k=8",
            3,
            SETTLING,
            "columns.features: no such column in the input: found xx, expected one of id, x; did you mean x?"),
        failed(
            "vectors",
            "columns.keep=[y] k=8",
            3,
            SETTLING,
            "columns.keep: no such column in the input: found y, expected one of id, x; did you mean x?"),
        failed(
            "vectors",
            "output.partition-by=[day] k=8",
            3,
            SETTLING,
            "output.partition-by: no such column in the input: found day, expected one of id, x; correct the name"),
        failed(
            "vectors",
            "columns.features=[id,x] k=1",
            3,
            SETTLING,
            "columns.features = x: this column has the wrong type: found vector, expected a number, as in every list of several columns"),
        failed(
            "numbers-as-text",
            "columns.features=[a,b] k=1",
            3,
            SETTLING,
            "columns.features = b: this column has the wrong type: found string, expected a number, as in every list of several columns"),
        // Dimensions.
        failed(
            "vectors",
            "k=40",
            3,
            SETTLING,
            "k: the projection would not reduce the dimension (k was given): found k = 40 for d = 40 features, expected k below d; lower k, raise eps, use guarantee = share, or set family = orthonormal, which keeps the guarantee with at most d dimensions"),
        failed(
            "vectors",
            "family=gaussian",
            3,
            SETTLING,
            "k: the projection would not reduce the dimension (the guarantee asks for it): found k = 334 for d = 40 features, expected k below d; lower k, raise eps, use guarantee = share, or set family = orthonormal, which keeps the guarantee with at most d dimensions"),
        failed(
            "vectors",
            "d=50 k=8",
            3,
            "",
            "d: no row has so many features: found length 40 in all 20 rows of x, expected 50; correct key d, or leave it out to have it read from the input"),
        failed(
            "texts",
            "d=50 k=8",
            3,
            SETTLING,
            "d: a text has no fixed number of features; leave key d out"),
        failed(
            "one",
            "guarantee=all-pairs",
            3,
            SETTLING,
            "rows: guarantee = all-pairs speaks of more rows than there are: found 1, expected at least 2; set rows, give k, or use guarantee = share"),
        // Rows that cannot be used.
        bad("lengths", "", 4, 2, "wrong-length", "; wrong length 2 to 4 where d = 3", "3, 2"),
        bad("nulls", "", 4, 1, "null", "1"),
        bad("elements", "", 4, 1, "null-element", "1"),
        bad("nan", "", 4, 1, "nan", "1"),
        bad("infinite", "", 4, 1, "infinite", "1"),
        bad("large", "", 4, 1, "outside-float-range", "1"),
        done("nan", "k=2 on-bad-row=skip", 3),
        done("nan", "k=2 on-bad-row=quarantine", 3),
        done("nan", "k=2 on-bad-row=skip bad-row-limit=1", 3),
        failed(
            "nan",
            "k=2 on-bad-row=skip bad-row-limit=0",
            3,
            "",
            "x: 1 of 4 rows cannot be used (1 nan); first by id: 1: expected at most 0 (bad-row-limit); repair the input, or raise bad-row-limit"),
        failed(
            "overflow",
            "k=2 family=gaussian",
            3,
            " in phase project rows",
            "a row's values are finite, but its projection is not in float; scale the data down, or set precision = double"),
        done("overflow", "k=2 family=gaussian on-bad-row=skip", 3),
        done("overflow", "k=2 family=gaussian on-bad-row=quarantine", 3),
        done("overflow", "k=2 family=gaussian on-bad-row=skip output.partitions=2", 3),
        failed(
            "overflow",
            "k=2 family=gaussian on-bad-row=skip bad-row-limit=0",
            3,
            "",
            "x: 1 of 4 rows cannot be used (1 result-not-finite): expected at most 0 (bad-row-limit); repair the input, or raise bad-row-limit"),
        // The gate.
        failed(
            "wide",
            "k=2 max-share-outside=0.01",
            5,
            "",
            "max-share-outside: the projection changed more distances by over eps = 0.2 than it may: found 50 % of 10 measured pairs, expected at most 1 %; raise k or eps; see report.html in the run's folder"),
        done("wide", "k=334 max-share-outside=0.5", 20),
        // Configuration alone.
        usage("vectors", "k=0", "must be at least 1, found 0"),
        usage("vectors", "eps=1.5", "must lie above 0 and below 1, found 1.5"),
        usage(
            "vectors",
            "rows=1 guarantee=all-pairs",
            "guarantee = all-pairs speaks of at least 2 rows; raise rows, or use another guarantee"),
        usage(
            "vectors",
            "pairs=0 max-share-outside=0.1",
            "the gate max-share-outside has nothing to judge; raise pairs"),
        usage(
            "vectors", "direction=back-project", "back-projection of which projection?; set spec"),
        usage(
            "vectors",
            "output.format=CSV",
            "CSV cannot hold the output column, an array of numbers; use parquet, orc, json, or a table format such as delta or iceberg"),
        usage(
            "vectors",
            "columns.features=[]",
            "nothing to project; name the column of the features"));
  }

  private static Arguments done(String input, String keys, int written) {
    return Arguments.of(input, keys, 0, "succeeded", "", written);
  }

  private static Arguments failed(
      String input, String keys, int code, String phase, String message) {
    String line = "lemma project: failed" + phase + " (exit code " + code + "): " + message;
    return Arguments.of(input, keys, code, code == 5 ? "rejected" : "failed", line, 0);
  }

  private static Arguments bad(
      String input, String keys, int rows, int bad, String reason, String ids) {
    return bad(input, keys, rows, bad, reason, "", ids);
  }

  private static Arguments bad(
      String input, String keys, int rows, int bad, String reason, String lengths, String ids) {
    return failed(
        input,
        ("k=2 " + keys).strip(),
        3,
        "",
        "x: "
            + bad
            + " of "
            + rows
            + " rows cannot be used ("
            + bad
            + " "
            + reason
            + ")"
            + lengths
            + "; first by id: "
            + ids
            + "; repair them, or set on-bad-row = skip or quarantine");
  }

  private static Arguments usage(String input, String keys, String message) {
    return Arguments.of(input, keys, 2, "none", message, 0);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("outcomes")
  void comesOutAsTold(
      String input, String keys, int code, String status, String line, int written) {
    Path output = folder.resolve("out");
    List<String> assignments = new ArrayList<>();
    assignments.add("input.path=" + inputs.resolve(input));
    assignments.add("columns.id=id");
    if (!keys.contains("columns.features")) {
      assignments.add("columns.features=[x]");
    }
    assignments.add("output.path=" + output);
    Arrays.stream(keys.split(" (?=[a-z])")).filter(key -> !key.isEmpty()).forEach(assignments::add);
    // What does not matter here is left out to save time.
    assignments.add("report=false");
    if (!keys.contains("max-share-outside")) {
      assignments.add("pairs=0");
    }
    JobCall call = Calls.project(assignments.toArray(String[]::new));
    String last = call.lastLine().replace("file:" + inputs, "IN").replace(inputs.toString(), "IN");
    if (code == 2) {
      assertThat(last).endsWith(line);
      assertThat(folder).isEmptyDirectory();
    } else if (code != 0) {
      assertThat(last).isEqualTo(line);
    }
    assertThat(call.code().code()).as(last).isEqualTo(code);
    if (code == 0) {
      JsonNode manifest = JobCall.manifest(output);
      assertThat(manifest.path("rows").path("written").asInt()).isEqualTo(written);
      assertThat(Samples.SPARK.read().parquet(output.toString()).count()).isEqualTo(written);
    } else if (code != 2) {
      assertThat(output.resolve("_lemma/manifest.json")).doesNotExist();
      assertThat(output.resolve("_lemma/runs")).isDirectory();
      assertThat(output).isDirectoryNotContaining(file -> file.toString().endsWith(".parquet"));
    }
    assertThat(JobCall.lastRun(output).path("status").asText("none")).isEqualTo(status);
    if (Files.exists(output)) {
      assertThat(folder).isDirectoryNotContaining(file -> !file.equals(output));
    }
  }

  @ParameterizedTest
  @MethodSource
  void warnsOf(String input, String keys, String warning) {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.id=id",
                "columns.features=[x]",
                "output.path=" + folder.resolve("out")));
    assignments.addAll(List.of(keys.split(" (?=[a-z])")));
    JobCall call = Calls.project(assignments.toArray(String[]::new));
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).containsExactly(warning);
    assertThat(JobCall.manifest(folder.resolve("out")).path("warnings"))
        .extracting(JsonNode::asText)
        .containsExactly(warning);
  }

  @Test
  void aSampleThatOverflowsIsNotOneOfEqualRows() {
    JobCall call =
        Calls.project(
            "input.path=" + inputs.resolve("hardly-finite"),
            "columns.id=id",
            "columns.features=[x]",
            "output.path=" + folder.resolve("out"),
            "k=2",
            "family=gaussian",
            "on-bad-row=skip",
            "max-share-outside=0.1");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings())
        .containsExactly(
            "6 rows were left out: 6 result-not-finite",
            "no two of the sampled rows have a projection that does not overflow: there is no"
                + " distance whose distortion could be measured",
            "no pair was measured: the gate max-share-outside judged nothing");
  }

  static Stream<Arguments> warnsOf() {
    return Stream.of(
        Arguments.of("twice", "k=8", "15 repeated ids (column id)"),
        Arguments.of(
            "one",
            "k=8",
            "fewer than two rows: there is no distance whose distortion could be measured"),
        Arguments.of(
            "zeros",
            "k=8 max-share-outside=0.1",
            "all pairs are of equal rows: the gate max-share-outside judged nothing"),
        Arguments.of("nan", "k=2 on-bad-row=skip", "1 row was left out: 1 nan"),
        Arguments.of(
            "vectors",
            "share=0.99",
            "independent entries would need k = 334 of d = 40 dimensions; orthonormal rows keep the same guarantee with k = 38: random projection saves little on data this narrow"));
  }
}
