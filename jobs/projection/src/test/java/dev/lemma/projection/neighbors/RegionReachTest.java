// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.JobCall;
import dev.lemma.math.neighbors.JoinSides;
import dev.lemma.math.neighbors.Metric;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag$;

/** Where regions spare comparisons, and where they cannot tell. */
class RegionReachTest {
  private static final int ROWS = 5200;

  @TempDir Path folder;

  private static Search search(NeighborTask task, Metric metric, double radius) {
    return new Search(task, metric, JoinSides.SELF, 3, radius);
  }

  /**
   * Most rows in one ball, whose region lies in several tiles, and clusters far from each other.
   */
  private static float[][] ballAndClusters() {
    float[][] rows = NeighborRows.clusters(ROWS, 5, 60, 0.01, 3);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 0.6 * ROWS; i++) {
      for (int j = 0; j < 5; j++) {
        rows[i][j] = (float) (20 + 0.1 * random.nextGaussian());
      }
    }
    return rows;
  }

  @Test
  void aRegionOfSeveralTilesIsComparedWhole() {
    float[][] rows = ballAndClusters();
    Search search = search(NeighborTask.RADIUS, Metric.EUCLIDEAN, 0.05);
    TreeSet<String> expected = NeighborRows.within(Metric.EUCLIDEAN, rows, 0.05);
    try (PointSet points = NeighborRows.points(rows, Metric.EUCLIDEAN, 3, 7)) {
      assertThat(points.regions().count()).isEqualTo(ROWS / 256);
      RegionReach reach = RegionReach.count(search, points).orElseThrow();
      assertThat(reach.pairs()).isBetween((double) expected.size(), 0.6 * ROWS * ROWS / 2);
      try (Found found = RegionGrid.within(search, points)) {
        assertThat(NeighborRows.pairs(found, search, points, points)).isEqualTo(expected);
      }
    }
  }

  @Test
  void regionsThatSpareTooLittleOrCannotTellAreLeftOut() {
    float[][] rows = NeighborRows.clusters(ROWS, 4, 40, 0.1, 3);
    Search near = search(NeighborTask.RADIUS, Metric.COSINE, 1e-4);
    try (PointSet points = NeighborRows.points(rows, Metric.COSINE, 2, 2)) {
      assertThat(RegionReach.count(near, points)).isPresent();
      Search wide = search(NeighborTask.RADIUS, Metric.COSINE, 0.9);
      assertThat(RegionReach.count(wide, points)).isPresent();
      assertThat(RegionReach.of(wide, points)).isEmpty();
      assertThat(RegionReach.count(search(NeighborTask.TOP_K, Metric.COSINE, 0), points)).isEmpty();
      assertThat(RegionReach.count(search(NeighborTask.RADIUS, Metric.COSINE, 1), points))
          .isEmpty();
    }
    rows[17][2] = 3e38f;
    try (PointSet points = NeighborRows.points(rows, Metric.EUCLIDEAN, 2, 2)) {
      assertThat(points.regions().count()).isGreaterThan(1);
      Optional<RegionReach> reach =
          RegionReach.count(search(NeighborTask.RADIUS, Metric.EUCLIDEAN, 0.1), points);
      assertThat(reach).as("a row too long for sums").isEmpty();
    }
  }

  @Test
  void theJobSaysWhatItDoesNotCompare() {
    int rows = 24_000;
    NeighborRows.write(
        NeighborRows.frame(NeighborRows.clusters(rows, 4, 48, 0.001, 3)), folder.resolve("rows"));
    JobCall call =
        NeighborRows.run(
            folder.resolve("rows"),
            folder.resolve("groups"),
            "task=groups",
            "distance=euclidean",
            "radius=0.01",
            "recall-rows=20");
    assertThat(call.out().lines())
        .anyMatch(line -> line.startsWith("method: exact tiles, apart by 93 regions ("))
        .anyMatch(line -> line.startsWith("recall: 100 %"));
    assertThat(NeighborRows.read(folder.resolve("groups")).select("group").distinct().count())
        .isEqualTo(48);
  }

  /** Where the session's serializer is Kryo, it knows nothing of records. */
  @Test
  void whatTravelsIsReadBackByKryo() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    RegionReach.Counts counts = new RegionReach.Counts(new long[] {1, 2, 3, 4}, true);
    RegionReach.Counts back =
        kryo.deserialize(
            kryo.serialize(counts, ClassTag$.MODULE$.apply(RegionReach.Counts.class)),
            ClassTag$.MODULE$.apply(RegionReach.Counts.class));
    assertThat(back.points()).containsExactly(1, 2, 3, 4);
    ReachingPoints points =
        new ReachingPoints(null, new long[] {7}, new long[] {1}, new int[] {0, 1});
    ReachingPoints other =
        kryo.deserialize(
            kryo.serialize(points, ClassTag$.MODULE$.apply(ReachingPoints.class)),
            ClassTag$.MODULE$.apply(ReachingPoints.class));
    assertThat(other.number(0)).isEqualTo(7);
  }

  /** The sample that pivots are taken from stays small on the driver. */
  @Test
  void longRowsAreNotDrawn() {
    RowCheck check = RowCheck.drawing();
    check.add(RowFactory.create(new byte[Regions.LONGEST], null));
    check.add(RowFactory.create(new byte[Regions.LONGEST + 1], null));
    assertThat(check.counts().rows()).isEqualTo(2);
    assertThat(check.sample()).hasSize(1);
    assertThat(RowCheck.counting().add(RowFactory.create(new byte[9], null)).sample()).isEmpty();
  }
}
