// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.neighbors.JoinSides;
import dev.lemma.math.neighbors.Metric;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Where regions spare comparisons, and where they cannot tell. */
class RegionReachTest {
  private static Search search(NeighborTask task, Metric metric, double radius) {
    return new Search(task, metric, JoinSides.SELF, 3, radius);
  }

  @Test
  void clustersApartAreNotCompared() {
    float[][] rows = NeighborRows.clusters(4200, 8, 40, 0.02, 3);
    Search search = search(NeighborTask.RADIUS, Metric.COSINE, 1e-4);
    try (PointSet points = NeighborRows.points(rows, Metric.COSINE, 3, 5)) {
      assertThat(points.regions().count()).isEqualTo(256);
      RegionReach reach = RegionReach.of(search, points).orElseThrow();
      // 105 rows in a cluster, and few of the 40 so near each other that pairs of theirs count.
      assertThat(reach.pairs()).isBetween(4200 * 40 / 2.0, 4200 * 200 / 2.0);
      try (Found found = RegionGrid.within(search, points, reach)) {
        TreeSet<String> expected = NeighborRows.within(Metric.COSINE, rows, 1e-4);
        assertThat(expected).hasSizeGreaterThan(2000);
        assertThat(NeighborRows.pairs(found, search, points, points)).isEqualTo(expected);
      }
      Search wide = search(NeighborTask.RADIUS, Metric.COSINE, 0.9);
      assertThat(RegionReach.of(wide, points)).isEmpty();
      assertThat(RegionReach.of(search(NeighborTask.TOP_K, Metric.COSINE, 0), points)).isEmpty();
      assertThat(RegionReach.of(search(NeighborTask.RADIUS, Metric.COSINE, 1), points)).isEmpty();
    }
  }

  @Test
  void rowsTooLongForSumsLeaveAllPairs() {
    float[][] rows = NeighborRows.clusters(4200, 4, 40, 0.1, 3);
    rows[17][2] = 3e38f;
    Search search = search(NeighborTask.RADIUS, Metric.EUCLIDEAN, 0.1);
    try (PointSet points = NeighborRows.points(rows, Metric.EUCLIDEAN, 2, 2)) {
      assertThat(points.regions().count()).isGreaterThan(1);
      Optional<RegionReach> reach = RegionReach.of(search, points);
      assertThat(reach).isEmpty();
    }
  }

  /** The sample that pivots are taken from stays small on the driver. */
  @Test
  void longRowsAreNotDrawn() {
    RowCheck check = new RowCheck();
    check.add(RowFactory.create(new byte[Regions.LONGEST], null));
    check.add(RowFactory.create(new byte[Regions.LONGEST + 1], null));
    assertThat(check.counts().rows()).isEqualTo(2);
    assertThat(check.sample()).hasSize(1);
  }
}
