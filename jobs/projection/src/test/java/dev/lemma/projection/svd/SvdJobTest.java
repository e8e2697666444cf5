// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.Layouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.linalg.SingularValueDecomposition;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The job as its users meet it. */
class SvdJobTest {
  private static final int ROWS = 240;
  private static final int D = 30;
  private static final double[][] VALUES = SvdRows.values(ROWS, D);

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    SvdRows.dense(VALUES).repartition(3).write().parquet(inputs.resolve("dense").toString());
    SvdRows.sparse(VALUES).coalesce(1).write().parquet(inputs.resolve("sparse").toString());
    Dataset<Row> rows = SvdRows.dense(VALUES);
    rows.filter("id < 100").write().parquet(inputs.resolve("monday").toString());
    rows.filter("id >= 100").write().parquet(inputs.resolve("tuesday").toString());
  }

  private JobCall run(String input, Path output, String... keys) {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.id=id",
                "columns.features=[x]",
                "output.path=" + output));
    assignments.addAll(Arrays.asList(keys));
    return SvdRows.svd(assignments.toArray(String[]::new));
  }

  private JsonNode metrics(String input, String name, String... keys) {
    Path output = folder.resolve(name);
    JobCall call = run(input, output, keys);
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return JobCall.manifest(output).path("metrics");
  }

  private static double[] list(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static double[] values(JsonNode metrics) {
    return list(metrics.path("singular-values"));
  }

  @Test
  void agreesWithMllibAndWritesWhatItFound() {
    JsonNode metrics = metrics("dense", "svd", "rank=5", "center=false", "oversampling=25");
    JavaRDD<org.apache.spark.mllib.linalg.Vector> rdd =
        SvdRows.dense(VALUES)
            .toJavaRDD()
            .map(row -> Vectors.fromML((org.apache.spark.ml.linalg.Vector) row.get(1)));
    SingularValueDecomposition<RowMatrix, org.apache.spark.mllib.linalg.Matrix> peer =
        new RowMatrix(rdd.rdd()).computeSVD(5, false, 1e-12);
    double[] ours = values(metrics);
    double largest = peer.s().apply(0);
    for (int r = 0; r < 5; r++) {
      assertThat(ours[r]).isCloseTo(peer.s().apply(r), within(1e-9 * largest));
    }
    Path output = folder.resolve("svd");
    Dataset<Row> main = SvdRows.SPARK.read().parquet(output.toString());
    assertThat(main.columns()).containsExactly("id", "scores");
    assertThat(main.count()).isEqualTo(ROWS);
    // Lengths of the columns of A V are the singular values.
    double[] squares = new double[5];
    for (Row row : main.collectAsList()) {
      double[] scores = SvdRows.numbers(row.get(1));
      for (int r = 0; r < 5; r++) {
        squares[r] += scores[r] * scores[r];
      }
    }
    for (int r = 0; r < 5; r++) {
      assertThat(Math.sqrt(squares[r])).isCloseTo(ours[r], within(1e-6 * largest));
    }
    List<Row> stored =
        SvdRows.SPARK
            .read()
            .parquet(output.resolve("_lemma/tables/values").toString())
            .orderBy("index")
            .collectAsList();
    assertThat(stored).hasSize(5);
    assertThat(stored.get(0).getDouble(1)).isEqualTo(ours[0]);
    assertThat(
            SvdRows.SPARK
                .read()
                .parquet(output.resolve("_lemma/tables/right-vectors").toString())
                .count())
        .isEqualTo(D);
    assertThat(metrics.path("orthonormality").path("right").asDouble()).isLessThan(1e-12);
    assertThat(output.resolve("_lemma/report.html")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "rank=4 reads=2,                     2, 3",
    "rank=4,                             3, 4",
    "rank=4 mode=two-sided reads=4,      4, 5",
    "rank=4 reads=1,                     1, 2",
    "rank=4 kernel=exact,                3, 2",
    "rank=4 block-columns=9,             3, 4",
    "rank=4 block-columns=9 mode=two-sided reads=4, 4, 5"
  })
  void readsTheInputAsOftenAsItSays(String keys, int reads, int times) throws Exception {
    AtomicLong records = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            records.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
          }
        };
    var context = SvdRows.SPARK.sparkContext();
    context.listenerBus().waitUntilEmpty();
    List<String> all = new ArrayList<>(List.of(keys.split(" ")));
    all.add("d=" + D);
    all.add("report=false");
    context.addSparkListener(listener);
    JsonNode metrics;
    try {
      metrics = metrics("dense", "out", all.toArray(String[]::new));
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(listener);
    }
    assertThat(metrics.path("reads").asInt()).isEqualTo(reads);
    // Copies of the rows count by batches and kept blocks of vectors one each: less than a read.
    assertThat(records.get()).isBetween((long) times * ROWS, (times + 1L) * ROWS - 1);
  }

  @Test
  void sparseRowsCentredAreDenseRowsCentredToTheBit() {
    JsonNode dense = metrics("dense", "d", "rank=5", "kernel=exact", "report=false");
    JsonNode sparse = metrics("sparse", "s", "rank=5", "kernel=exact", "report=false");
    assertThat(values(sparse)).containsExactly(values(dense));
    assertThat(scores("s")).isEqualTo(scores("d"));
    JsonNode fast = metrics("sparse", "f", "rank=5", "report=false");
    for (int r = 0; r < 5; r++) {
      assertThat(values(fast)[r]).isCloseTo(values(dense)[r], within(1e-12 * values(dense)[0]));
    }
    assertThat(JobCall.manifest(folder.resolve("s")).path("bits").asText()).isEqualTo("any");
    assertThat(JobCall.manifest(folder.resolve("f")).path("bits").asText()).isEqualTo("layout");
  }

  private TreeMap<Long, List<Double>> scores(String name) {
    TreeMap<Long, List<Double>> scores = new TreeMap<>();
    for (Row row : SvdRows.SPARK.read().parquet(folder.resolve(name).toString()).collectAsList()) {
      scores.put(row.getLong(0), Arrays.stream(SvdRows.numbers(row.get(1))).boxed().toList());
    }
    return scores;
  }

  /** Enough rows for two leaves. */
  @Test
  void theExactKernelHasTheSameBitsForEveryPartitioning() {
    Dataset<Row> rows =
        SvdRows.SPARK
            .range(33_000)
            .selectExpr("id", "array(sin(id), cos(id * 3), sin(id * 7) + 1, double(id % 5)) as x");
    List<double[]> found = new ArrayList<>();
    for (Dataset<Row> layout : Layouts.of(rows)) {
      RandomizedPcaModel model =
          new RandomizedPca()
              .setInputCol("x")
              .setOutputCol("y")
              .setK(2)
              .setOversampling(1)
              .setReads(2)
              .setKernel("exact")
              .fit(layout);
      found.add(model.loadings().values());
      assertThat(model.singularValues()).hasSize(2);
    }
    for (double[] other : found) {
      assertThat(other).containsExactly(found.get(0));
    }
  }

  /** Blocks of several widths against W held whole: as much as a reordering of sums may change. */
  @ParameterizedTest
  @CsvSource({
    "7,  rank=5 scale=true kernel=exact",
    "13, rank=4 center=false reads=2",
    "11, tolerance=0.3 mode=two-sided reads=4"
  })
  void columnBlocksFindWhatAWholeMatrixFinds(int width, String keys) {
    List<String> all = new ArrayList<>(List.of(keys.split(" ")));
    all.add("oversampling=6");
    all.add("report=false");
    JsonNode whole = metrics("sparse", "whole", all.toArray(String[]::new));
    all.add("block-columns=" + width);
    // Chunks of a few rows.
    all.add("memory=100KB");
    JsonNode blocks = metrics("sparse", "blocks", all.toArray(String[]::new));
    assertThat(values(blocks)).hasSameSizeAs(values(whole));
    double largest = values(whole)[0];
    for (int r = 0; r < values(whole).length; r++) {
      assertThat(values(blocks)[r]).isCloseTo(values(whole)[r], within(1e-12 * largest));
    }
    for (String name : List.of("upper-ends", "certain-upper-ends", "residuals")) {
      double[] expected = list(whole.path(name));
      double[] found = list(blocks.path(name));
      for (int r = 0; r < expected.length; r++) {
        assertThat(found[r]).as(name).isCloseTo(expected[r], within(1e-9 * largest));
      }
    }
    assertThat(blocks.path("squared-norm").asDouble())
        .isCloseTo(whole.path("squared-norm").asDouble(), within(1e-12 * largest * largest));
    assertThat(blocks.path("orthonormality").path("right").asDouble()).isLessThan(1e-14);
    TreeMap<Long, List<Double>> expected = scores("whole");
    TreeMap<Long, List<Double>> found = scores("blocks");
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach(
        (id, scores) -> {
          for (int r = 0; r < scores.size(); r++) {
            assertThat(scores.get(r)).isCloseTo(expected.get(id).get(r), within(1e-8 * largest));
          }
        });
  }

  @Test
  void columnBlocksWriteTheTablesAndTheModelOfAWholeMatrix() throws Exception {
    metrics("dense", "whole", "rank=3", "scale=true", "score=left-vector", "report=false");
    JsonNode metrics =
        metrics("dense", "blocks", "rank=3", "scale=true", "score=left-vector", "block-columns=8");
    assertThat(metrics.path("orthonormality").path("left").asDouble()).isLessThan(1e-12);
    assertThat(right("blocks").keySet()).isEqualTo(right("whole").keySet());
    right("blocks")
        .forEach(
            (name, vectors) -> {
              for (int r = 0; r < 3; r++) {
                assertThat(vectors[r]).isCloseTo(right("whole").get(name)[r], within(1e-9));
              }
            });
    RandomizedPcaModel model =
        RandomizedPcaModel.load(folder.resolve("blocks/_lemma/model").toString());
    RandomizedPcaModel other =
        RandomizedPcaModel.load(folder.resolve("whole/_lemma/model").toString());
    assertThat(model.means()).containsExactly(other.means());
    assertThat(model.loadings().values()).containsExactly(other.loadings().values(), within(1e-9));
    assertThat(Files.readString(folder.resolve("blocks/_lemma/report.html")))
        .contains("4 of 8", "as block-columns says");
  }

  private TreeMap<String, double[]> right(String name) {
    TreeMap<String, double[]> vectors = new TreeMap<>();
    for (Row row :
        SvdRows.SPARK
            .read()
            .parquet(folder.resolve(name).resolve("_lemma/tables/right-vectors").toString())
            .collectAsList()) {
      vectors.put(row.getInt(0) + " " + row.getString(1), SvdRows.numbers(row.get(2)));
    }
    return vectors;
  }

  /** Two leaves and many chunks. */
  @Test
  void columnBlocksHaveTheSameBitsForEveryPartitioningWithTheExactKernel() {
    Dataset<Row> rows =
        SvdRows.SPARK
            .range(33_000)
            .selectExpr("id", "array(sin(id), cos(id * 3), sin(id * 7) + 1, double(id % 5)) as x");
    List<double[]> found = new ArrayList<>();
    for (Dataset<Row> layout : Layouts.of(rows)) {
      int partitions = layout.rdd().getNumPartitions();
      if (partitions != 1 && partitions != 7) {
        continue;
      }
      String name = "layout-" + partitions;
      layout.write().parquet(inputs.resolve(name).toString());
      JsonNode metrics =
          metrics(
              name,
              "blocks-" + partitions,
              "rank=2",
              "oversampling=1",
              "reads=2",
              "kernel=exact",
              "block-columns=3",
              "memory=1MB",
              "report=false",
              Layouts.FILE_A_PARTITION);
      found.add(values(metrics));
      found.add(right("blocks-" + partitions).get("3 x[3]"));
    }
    assertThat(found).hasSize(4);
    assertThat(found.get(2)).containsExactly(found.get(0));
    assertThat(found.get(3)).containsExactly(found.get(1));
  }

  @Test
  void leftVectorsAreOrthonormal() {
    JsonNode metrics =
        metrics("dense", "out", "rank=6", "score=left-vector", "reads=4", "report=false");
    assertThat(metrics.path("orthonormality").path("left").asDouble()).isLessThan(1e-12);
  }

  @Test
  void aToleranceTakesTheFewestTriplets() {
    JsonNode metrics = metrics("dense", "out", "tolerance=0.3", "report=false");
    assertThat(metrics.path("stop").asText()).isEqualTo("tolerance-reached");
    assertThat(metrics.path("relative-error").asDouble()).isLessThanOrEqualTo(0.3);
    int rank = metrics.path("rank").asInt();
    JsonNode fewer = metrics("dense", "fewer", "rank=" + (rank - 1), "report=false");
    assertThat(fewer.path("relative-error").asDouble()).isGreaterThan(0.3);
  }

  @Test
  void sketchesOfDaysAddUp() {
    metrics("monday", "monday", "rank=5", "reads=1", "report=false");
    JsonNode both =
        metrics(
            "tuesday",
            "tuesday",
            "rank=5",
            "reads=1",
            "report=false",
            "statistics=[\"" + folder.resolve("monday") + "\"]");
    JsonNode whole = metrics("dense", "whole", "rank=5", "reads=1", "report=false");
    assertThat(both.path("matrix-rows").asInt()).isEqualTo(ROWS);
    for (int r = 0; r < 5; r++) {
      assertThat(values(both)[r]).isCloseTo(values(whole)[r], within(1e-9 * values(whole)[0]));
    }
    JobCall other =
        run(
            "tuesday",
            folder.resolve("other"),
            "rank=5",
            "reads=1",
            "seed=4",
            "statistics=[\"" + folder.resolve("monday") + "\"]");
    assertThat(other.code()).isEqualTo(ExitCode.INPUT);
    assertThat(other.lastLine())
        .endsWith("found seed = 0, expected seed = 4; use the keys of the earlier run");
  }

  @Test
  void aGateThatFailsPublishesNothing() {
    JobCall call = run("dense", folder.resolve("out"), "rank=1", "max-error=0.01");
    assertThat(call.code()).isEqualTo(ExitCode.GATE);
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
  }

  @Test
  void theStoredModelScoresAsTheJobDid() throws Exception {
    metrics("dense", "out", "rank=3", "report=false");
    RandomizedPcaModel model =
        RandomizedPcaModel.load(folder.resolve("out/_lemma/model").toString());
    TreeMap<Long, List<Double>> told = scores("out");
    for (Row row : model.setOutputType("array").transform(SvdRows.sparse(VALUES)).collectAsList()) {
      assertThat(Arrays.stream(SvdRows.numbers(row.get(2))).boxed().toList())
          .isEqualTo(told.get(row.getLong(0)));
    }
    assertThat(Files.exists(folder.resolve("out/_lemma/model/loadings"))).isTrue();
  }
}
