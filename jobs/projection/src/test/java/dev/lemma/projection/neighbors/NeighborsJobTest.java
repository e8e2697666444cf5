// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.math.neighbors.Metric;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the job finds is what brute force finds. */
class NeighborsJobTest {
  private static final float[][] ROWS = NeighborRows.clusters(1500, 16, 150, 0.1, 3);
  private static final double RADIUS = 0.6;

  @TempDir Path folder;

  private Path write(String name, float[][] rows) {
    Path path = folder.resolve(name);
    NeighborRows.write(NeighborRows.frame(rows), path);
    return path;
  }

  @ParameterizedTest
  @CsvSource({"euclidean, exact", "cosine, auto"})
  void theNearestAreThoseOfBruteForce(String distance, String method) {
    Path input = write("in", ROWS);
    Path output = folder.resolve("out");
    JobCall call =
        NeighborRows.run(
            input, output, "k=7", "distance=" + distance, "method=" + method, "min-recall=1");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(NeighborRows.lists(output, ROWS.length))
        .isEqualTo(NeighborRows.nearest(Metric.parse(distance), ROWS, 7));
    JsonNode metrics = JobCall.manifest(output).path("metrics");
    assertThat(metrics.path("method").asText()).isEqualTo("exact");
    assertThat(metrics.path("recall").path("estimate").asDouble()).isEqualTo(1);
    assertThat(JobCall.manifest(output).path("bits").asText()).isEqualTo("any");
  }

  @Test
  void pairsWithinTheRadiusAreThoseOfBruteForce() {
    Path input = write("in", ROWS);
    Path output = folder.resolve("out");
    JobCall call =
        NeighborRows.run(input, output, "task=radius", "radius=" + RADIUS, "distance=euclidean");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    TreeSet<String> truth = NeighborRows.within(Metric.EUCLIDEAN, ROWS, RADIUS);
    assertThat(truth).hasSizeGreaterThan(3000);
    assertThat(NeighborRows.lines(NeighborRows.read(output))).isEqualTo(truth);
  }

  @ParameterizedTest
  @CsvSource({"euclidean, 0.6", "cosine, 0.02"})
  void bucketsFindAsMuchAsTheyShould(String distance, double radius) {
    Path input = write("in", ROWS);
    Path output = folder.resolve("out");
    JobCall call =
        NeighborRows.run(
            input,
            output,
            "task=radius",
            "radius=" + radius,
            "distance=" + distance,
            "method=lsh",
            "recall-rows=300",
            "min-recall=0.9");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    TreeSet<String> truth = NeighborRows.within(Metric.parse(distance), ROWS, radius);
    TreeSet<String> found = NeighborRows.lines(NeighborRows.read(output));
    assertThat(truth).containsAll(found);
    double recall = (double) found.size() / truth.size();
    JsonNode measured = JobCall.manifest(output).path("metrics").path("recall");
    assertThat(recall).isGreaterThan(0.93);
    assertThat(recall)
        .isBetween(measured.path("lower").asDouble(), measured.path("upper").asDouble());
    assertThat(call.out()).contains("buckets: ", "recall: ");
  }

  @Test
  void bucketsFindTheNearest() {
    Path input = write("in", ROWS);
    Path output = folder.resolve("out");
    JobCall call = NeighborRows.run(input, output, "k=5", "method=lsh", "min-recall=0.9");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    List<List<Double>> truth = NeighborRows.nearest(Metric.COSINE, ROWS, 5);
    List<List<Double>> found = NeighborRows.lists(output, ROWS.length);
    long hits = 0;
    for (int i = 0; i < truth.size(); i++) {
      double farthest = truth.get(i).get(4);
      hits += found.get(i).stream().filter(distance -> distance <= farthest).count();
    }
    assertThat(hits / (5.0 * ROWS.length)).isGreaterThan(0.93);
  }

  @Test
  void twoTablesMayShareTheirIds() {
    float[][] asking = NeighborRows.clusters(60, 16, 150, 0.1, 3);
    float[][] data = Arrays.copyOf(ROWS, 300);
    Path output = folder.resolve("out");
    JobCall call =
        NeighborRows.run(
            write("in", data),
            output,
            "queries.path=" + write("queries", asking),
            "k=3",
            "distance=euclidean");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    List<List<Double>> lists = NeighborRows.lists(output, asking.length);
    for (int i = 0; i < asking.length; i++) {
      double[] distances = NeighborRows.distances(Metric.EUCLIDEAN, asking, i, data);
      Arrays.sort(distances);
      assertThat(lists.get(i)).containsExactly(distances[0], distances[1], distances[2]);
    }
    JobCall hashed =
        NeighborRows.run(
            folder.resolve("in"),
            folder.resolve("hashed"),
            "queries.path=" + folder.resolve("queries"),
            "task=radius",
            "radius=0.8",
            "method=lsh",
            "distance=euclidean",
            // Few queries by few tables: one draw of hashes is far from the mean.
            "min-recall=0.9");
    assertThat(hashed.code()).as(hashed.lastLine()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void equalRowsAreNeighboursAtDistanceZero() {
    float[][] rows = Arrays.copyOf(NeighborRows.clusters(200, 8, 200, 0.1, 5), 230);
    for (int i = 200; i < 210; i++) {
      rows[i] = rows[7].clone();
    }
    for (int i = 210; i < 230; i++) {
      rows[i] = new float[8];
    }
    Path input = write("in", rows);
    Path output = folder.resolve("out");
    for (String method : List.of("exact", "lsh")) {
      JobCall call = NeighborRows.run(input, output, "k=4", "method=" + method);
      assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
      List<List<Double>> lists = NeighborRows.lists(output, rows.length);
      for (int i : new int[] {7, 200, 209, 210, 229}) {
        assertThat(lists.get(i)).as(method + " " + i).containsExactly(0.0, 0.0, 0.0, 0.0);
      }
      call =
          NeighborRows.run(
              input, output, "task=radius", "radius=0", "method=" + method, "recall-rows=0");
      assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
      assertThat(NeighborRows.lines(NeighborRows.read(output)))
          .isEqualTo(NeighborRows.within(Metric.COSINE, rows, 0));
      call =
          NeighborRows.run(
              input, output, "task=groups", "radius=1e-9", "method=" + method, "recall-rows=0");
      assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
      Dataset<Row> groups = NeighborRows.read(output);
      assertThat(groups.count()).isEqualTo(230);
      assertThat(groups.filter("group = 7 and group_size = 11").count()).isEqualTo(11);
      assertThat(groups.filter("group = 210 and group_size = 20").count()).isEqualTo(20);
      assertThat(groups.filter("group_size = 1 and group = id").count()).isEqualTo(199);
    }
  }

  @Test
  void aCrowdedBucketIsSplitAndLosesNothing() {
    // One cluster so dense that its rows share the bucket of every table.
    float[][] rows = NeighborRows.clusters(26_000, 4, 26_000, 0.1, 9);
    float[][] dense = NeighborRows.clusters(2600, 4, 1, 1e-4, 10);
    for (int i = 0; i < dense.length; i++) {
      rows[10 * i] = dense[i];
    }
    Path output = folder.resolve("out");
    JobCall call =
        NeighborRows.run(
            write("in", rows),
            output,
            "task=groups",
            "radius=0.002",
            "distance=euclidean",
            "method=lsh",
            "recall-rows=400",
            "min-recall=0.9");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    JsonNode metrics = JobCall.manifest(output).path("metrics");
    assertThat(metrics.path("buckets").path("largest").asInt()).isGreaterThan(BucketCounts.CROWDED);
    assertThat(metrics.path("buckets").path("split").asInt()).isPositive();
    // Hardly a pair of the cluster is missed, and none is found twice.
    assertThat(metrics.path("pairs-found").asLong())
        .isBetween(93L * 26 * 2599 / 2, 2600L * 2599 / 2 + 5);
    assertThat(NeighborRows.read(output).filter("group = 0 and group_size = 2600").count())
        .isEqualTo(2600);
  }

  @Test
  void groupsAreNamedByTheirSmallestId() {
    Path output = folder.resolve("out");
    JobCall call =
        NeighborRows.run(
            write("in", ROWS), output, "task=groups", "radius=0.9", "distance=euclidean");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    Dataset<Row> groups = NeighborRows.read(output);
    assertThat(groups.filter("group <> id % 150").count()).isZero();
    assertThat(groups.filter("group_size <> 10").count()).isZero();
  }
}
