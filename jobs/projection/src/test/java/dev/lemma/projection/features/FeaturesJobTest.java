// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.projection.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

class FeaturesJobTest {
  private static final String SETTLING = " in phase settle the features";
  private static final double[][] VALUES = Samples.values(60, 40);

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    write("vectors", Samples.dense(VALUES));
    write("labelled", Samples.dense(VALUES).withColumn("label", functions.expr("id % 3")));
    write("empty", Samples.dense(VALUES).limit(0));
    write("one", Samples.dense(VALUES).limit(1));
    write("texts", Samples.texts(20));
    write("zeros", Samples.dense(new double[20][40]));
    write(
        "lengths",
        Samples.vectors(
            Vectors.dense(1, 2, 3), Vectors.dense(1, 2, 3), Vectors.dense(1, 2), Vectors.zeros(4)));
    write("nan", arrays(good(), new Double[] {1.0, Double.NaN, 3.0}, good(), good()));
    write("far", arrays(good(), new Double[] {1e30, 2.0, 3.0}, good(), good()));
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

  private Path out() {
    return folder.resolve("out");
  }

  private JobCall call(String input, String... more) {
    return JobCall.of(new FeaturesJob(), assignments(input, more));
  }

  private String[] assignments(String input, String... more) {
    List<String> all = new ArrayList<>();
    all.add("input.path=" + inputs.resolve(input));
    all.add("columns.id=id");
    if (Stream.of(more).noneMatch(key -> key.startsWith("columns.features"))) {
      all.add("columns.features=[x]");
    }
    all.add("output.path=" + out());
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Dataset<Row> read(Path output) {
    return Samples.SPARK.read().parquet(output.toString());
  }

  @Test
  void writesKeptColumnsFeaturesModelReportAndErrors() throws Exception {
    JobCall call = call("labelled", "columns.label=label", "k=64", "seed=3", "pairs=25");
    assertThat(call.err()).isNotNull();
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    Dataset<Row> rows = read(out());
    assertThat(rows.columns()).containsExactly("id", "label", "random_features");
    assertThat(rows.schema().apply("random_features").dataType())
        .isEqualTo(DataTypes.createArrayType(DataTypes.FloatType, true));
    RandomFeaturesModel model =
        RandomFeaturesModel.load(out().resolve("_lemma/model").toString()).setOutputCol("y");
    assertThat(Samples.bits(rows, "random_features"))
        .isEqualTo(Samples.bits(model.transform(Samples.dense(VALUES)), "y"));
    JsonNode manifest = JobCall.manifest(out());
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertThat(manifest.path("rows").toString())
        .isEqualTo("{\"read\":60,\"written\":60,\"rejected\":0}");
    JsonNode metrics = manifest.path("metrics");
    assertThat(metrics.path("kernel-function").asText()).isEqualTo("gaussian");
    assertThat(metrics.path("bandwidth").asDouble()).isEqualTo(model.getBandwidth());
    assertThat(metrics.path("specification").asText())
        .isEqualTo(model.specification().hash())
        .isEqualTo(manifest.path("same").path("specification").asText());
    JsonNode error = metrics.path("kernel-error");
    assertThat(error.path("pairs").asInt()).isEqualTo(25);
    // The law of independent frequencies at k = 64 and kernels of about 0.6.
    assertThat(error.path("predicted-rms").asDouble()).isCloseTo(0.08, within(0.03));
    assertThat(error.path("rms").asDouble())
        .isBetween(0.0, 2 * error.path("predicted-rms").asDouble());
    Dataset<Row> table = read(out().resolve("_lemma/tables/kernel-error"));
    assertThat(table.columns())
        .containsExactly("pair", "kernel", "estimate", "error", "variance_iid");
    assertThat(table.count()).isEqualTo(25);
    assertThat(table.filter("abs(estimate - kernel - error) > 1e-12").count()).isZero();
    assertThat(Files.readString(out().resolve("_lemma/report.html")))
        .contains("Kernel against estimate", "Kernel and its estimate", "two standard deviations");
  }

  @Test
  void everyLayoutGivesTheSameBitsPairsAndFigures() {
    String first = null;
    Map<Long, List<Long>> bits = null;
    for (Dataset<Row> layout : Layouts.of(Samples.sparse(VALUES))) {
      int partitions = layout.rdd().getNumPartitions();
      Path input = folder.resolve("in" + partitions);
      Path output = folder.resolve("out" + partitions);
      layout.write().parquet(input.toString());
      JobCall.of(
          new FeaturesJob(),
          "input.path=" + input,
          "columns.id=id",
          "columns.features=[x]",
          "output.path=" + output,
          "report=false",
          Layouts.FILE_A_PARTITION,
          "k=8");
      ObjectNode figures = JobCall.manifest(output).path("metrics").deepCopy();
      // Size on disk follows from the number of files.
      figures.remove("output-bytes");
      String metrics = figures.toString();
      Map<Long, List<Long>> seen = Samples.bits(read(output), "random_features");
      if (first == null) {
        first = metrics;
        bits = seen;
      }
      assertThat(metrics).isEqualTo(first);
      assertThat(seen).isEqualTo(bits);
    }
  }

  @Test
  void newRowsGetTheSameFeaturesBySpec() {
    assertThat(call("vectors", "k=8", "pairs=0").code()).isEqualTo(ExitCode.DONE);
    Path again = folder.resolve("again");
    // Another bandwidth and k are ignored: the specification decides.
    JobCall call =
        JobCall.of(
            new FeaturesJob(),
            "input.path=" + inputs.resolve("vectors"),
            "columns.id=id",
            "columns.features=[x]",
            "output.path=" + again,
            "spec=" + out(),
            "pairs=0",
            "bandwidth=1",
            "k=12");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(Samples.bits(read(again), "random_features"))
        .isEqualTo(Samples.bits(read(out()), "random_features"));
  }

  @Test
  void theGateStopsAPoorEstimate() {
    JobCall call = call("vectors", "k=4", "max-error=0.01");
    assertThat(call.code()).isEqualTo(ExitCode.GATE);
    assertThat(call.lastLine())
        .contains(
            "max-error: the features estimate the kernel less well than they have to: found a root"
                + " mean square error of ")
        .contains(" over 30 measured pairs, expected at most 0.01; raise k");
    assertThat(out().resolve("_lemma/manifest.json")).doesNotExist();
  }

  @Test
  void rejectedRowsAreKeptWithTheirReason() {
    JobCall call = call("far", "k=4", "bandwidth=1", "on-bad-row=quarantine", "pairs=0");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).containsExactly("1 row was left out: 1 result-not-finite");
    assertThat(read(out()).count()).isEqualTo(3);
    Path run = newest(out().resolve("_lemma/runs"));
    Row rejected = read(run.resolve("rejected")).first();
    assertThat(rejected.getLong(0)).isEqualTo(1);
    assertThat(rejected.<String>getAs("bad_row_reason")).isEqualTo("result-not-finite");
  }

  private static Path newest(Path runs) {
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.sorted().reduce((a, b) -> b).orElseThrow();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aDryRunTellsAndReadsNothing() {
    JobCall call = JobCall.dry(new FeaturesJob(), assignments("vectors", "k=2000", "d=40"));
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.out())
        .contains("known when rows are read")
        .contains("the median distance of 1000 sampled pairs")
        .contains("gaussian, exp(-|x - y|^2 / 2s^2)")
        .contains("8,000 bytes")
        .contains("bits = any: equal on every cluster")
        .contains("count rows; then id and features for the pairs of the bandwidth; then map");
    assertThat(out()).doesNotExist();
    JobCall given =
        JobCall.dry(new FeaturesJob(), assignments("vectors", "bandwidth=2", "kernel=fast"));
    assertThat(given.out()).contains("as configured").contains("there is no faster one");
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of("vectors", "kernel-function=laplacian", 0, "", 60),
        Arguments.of("vectors", "kernel-function=matern smoothness=0.5 norms=quantiles", 0, "", 60),
        Arguments.of("vectors", "kernel-function=softmax precision=double", 0, "", 60),
        Arguments.of("vectors", "frequencies=hadamard pairs=10", 0, "", 60),
        Arguments.of("one", "bandwidth=1 pairs=10", 0, "", 1),
        Arguments.of("zeros", "bandwidth=1 pairs=5 max-error=0.001", 0, "", 20),
        Arguments.of("empty", "d=40 bandwidth=1 pairs=5", 0, "", 0),
        failed(
            "one",
            "",
            SETTLING,
            "bandwidth: the median rule found no two different rows: found 0 sampled pairs, none of different rows, expected at least one; set bandwidth to a number, or check the input"),
        failed(
            "zeros",
            "",
            SETTLING,
            "bandwidth: the median rule found no two different rows: found 10 sampled pairs, none of different rows, expected at least one; set bandwidth to a number, or check the input"),
        failed(
            "empty",
            "",
            SETTLING,
            "columns.features = x: no row tells the number of features; check that the input is not empty, or set key d"),
        failed(
            "texts",
            "",
            SETTLING,
            "columns.features = x: this job takes no texts: found string, expected a vector, an array of numbers, or a list of numeric columns; project the texts first with job project"),
        failed(
            "vectors",
            "columns.features=[xx]",
            SETTLING,
            "columns.features: no such column in the input: found xx, expected one of id, x; did you mean x?"),
        failed(
            "nowhere",
            "",
            SETTLING,
            "IN/nowhere: no such path; check input.path, or run the job that writes it"),
        failed(
            "vectors",
            "spec=/nowhere",
            SETTLING,
            "spec: no specification can be read there: found /nowhere, expected the output.path of an earlier run of features; check the path, or leave spec out to make a new space"),
        failed(
            "vectors",
            "d=39 bandwidth=1",
            "",
            "d: no row has so many features: found length 40 in all 60 rows of x, expected 39; correct key d, or leave it out to have it read from the input"),
        failed(
            "lengths",
            "d=3 bandwidth=1",
            "",
            "x: 2 of 4 rows cannot be used (2 wrong-length); wrong length 2 to 4 where d = 3; first by id: 3, 2; repair them, or set on-bad-row = skip or quarantine"),
        failed(
            "nan",
            "bandwidth=1",
            "",
            "x: 1 of 4 rows cannot be used (1 nan); first by id: 1; repair them, or set on-bad-row = skip or quarantine"),
        usage("k=7", "k (command line): must be even and at least 2, found 7"),
        usage(
            "smoothness=2",
            "smoothness (command line): must be one of 0.5, 1.5, ... 10.5, found 2.0"),
        usage("bandwidth=0", "bandwidth (command line): must be positive and finite, found 0.0"),
        usage(
            "bandwidth=wide",
            "bandwidth (command line): expected auto or a positive number: found \"wide\""),
        usage(
            "kernel-function=laplacian frequencies=hadamard",
            "frequencies (command line): the Laplacian kernel has independent Cauchy frequencies, of which there are no orthogonal ones; set frequencies = auto, or use its isotropic relative: matern with smoothness = 0.5"),
        usage(
            "kernel-function=laplacian norms=stratified",
            "norms (command line): the law of Cauchy frequencies does not divide into norm and direction; set norms = auto, or use its isotropic relative: matern with smoothness = 0.5"),
        usage(
            "max-error=0.1 pairs=0",
            "pairs (command line): the gate max-error has nothing to judge; raise pairs"),
        usage(
            "output.format=csv",
            "output.format (command line): csv cannot hold the output column, an array of numbers; use parquet, orc, json, or a table format such as delta or iceberg"));
  }

  private static Arguments failed(String input, String keys, String phase, String message) {
    return Arguments.of(
        input, keys, 3, "lemma features: failed" + phase + " (exit code 3): " + message, 0);
  }

  private static Arguments usage(String keys, String message) {
    return Arguments.of("vectors", keys, 2, message, 0);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("outcomes")
  void comesOutAsTold(String input, String keys, int code, String line, int written) {
    List<String> more = new ArrayList<>();
    Arrays.stream(keys.split(" (?=[a-z])")).filter(key -> !key.isEmpty()).forEach(more::add);
    more.add("report=false");
    if (!keys.contains("k=")) {
      more.add("k=8");
    }
    if (!keys.contains("pairs=")) {
      more.add("pairs=0");
    }
    JobCall call = call(input, more.toArray(String[]::new));
    String last = call.lastLine().replace("file:" + inputs, "IN").replace(inputs.toString(), "IN");
    assertThat(call.code().code()).as(last).isEqualTo(code);
    switch (code) {
      case 0 -> {
        assertThat(JobCall.manifest(out()).path("rows").path("written").asInt()).isEqualTo(written);
        assertThat(read(out()).count()).isEqualTo(written);
      }
      case 2 -> {
        assertThat(last).endsWith(line);
        assertThat(folder).isEmptyDirectory();
      }
      default -> {
        assertThat(last).isEqualTo(line);
        assertThat(out().resolve("_lemma/manifest.json")).doesNotExist();
        assertThat(JobCall.lastRun(out()).path("status").asText()).isEqualTo("failed");
      }
    }
  }
}
