// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.neighbors.HashKind;
import dev.lemma.math.neighbors.HashSpec;
import dev.lemma.math.neighbors.JoinSides;
import dev.lemma.math.neighbors.Metric;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same lines, distances to the last bit, from 1, 2, 7 and 64 partitions and tiles: lists and
 * groups by buckets, pairs by exact tiles. Many distances are equal, so that ties count.
 */
class SearchBitsTest {
  private static final Metric METRIC = Metric.EUCLIDEAN;
  private static final Search NEAREST =
      new Search(NeighborTask.TOP_K, METRIC, JoinSides.SELF, 3, 0);
  private static final Search PAIRS =
      new Search(NeighborTask.RADIUS, METRIC, JoinSides.SELF, 0, 0.5);
  private static final Search GROUPS =
      new Search(NeighborTask.GROUPS, METRIC, JoinSides.SELF, 0, 0.5);
  private static final HashSpec SPEC =
      new HashSpec(HashKind.STABLE, 5, OptionalLong.of(4), 5, 2, 1, 1.0);

  private static float[][] rows;
  private static double compared;
  private static List<TreeSet<String>> expected;

  @BeforeAll
  static void one() {
    rows = NeighborRows.clusters(4300, 4, 900, 0.1, 13);
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.round(row[j] * 8) / 8f;
      }
    }
    expected = all(1);
    assertThat(expected.get(0)).hasSize(3 * rows.length);
    assertThat(expected.get(1)).hasSizeGreaterThan(5000);
    assertThat(compared).isLessThan(0.8 * rows.length * (rows.length - 1) / 2);
  }

  private static List<TreeSet<String>> all(int layout) {
    try (PointSet points = NeighborRows.points(rows, METRIC, layout, layout)) {
      assertThat(points.starts().tiles()).isEqualTo(layout);
      TreeSet<String> nearest = lines(NEAREST, points, hashed(NEAREST, points, 1e9));
      if (layout == 1) {
        compared = RegionReach.count(PAIRS, points).orElseThrow().pairs();
      }
      // 64 tasks for each step take their time.
      return layout == 64
          ? List.of(nearest)
          : List.of(
              nearest,
              lines(PAIRS, points, layout == 1 ? tiles(points) : regions(points)),
              lines(GROUPS, points, hashed(GROUPS, points, 0)));
    }
  }

  private static Found tiles(PointSet points) {
    return TileGrid.search(PAIRS, points, points);
  }

  /** What is found among all pairs is found where most of them are not compared. */
  private static Found regions(PointSet points) {
    RegionReach reach = RegionReach.count(PAIRS, points).orElseThrow();
    assertThat(reach.pairs()).isEqualTo(compared);
    return RegionGrid.within(PAIRS, points);
  }

  /** With few different pairs expected signatures travel, with many pairs are sent twice. */
  private static Found hashed(Search search, PointSet points, double different) {
    HashSearch hashes = new HashSearch(search, points, points);
    HashSearch.Prepared prepared = hashes.prepare(SPEC, 0, 1e9, different, OptionalLong.empty());
    assertThat(prepared.hashing().signed()).isEqualTo(different == 0);
    return hashes.search(prepared);
  }

  private static TreeSet<String> lines(Search search, PointSet points, Found found) {
    try (found) {
      return NeighborRows.pairs(found, search, points, points);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 64})
  void areThoseOfOneTile(int layout) {
    List<TreeSet<String>> found = all(layout);
    assertThat(found).isEqualTo(expected.subList(0, found.size()));
  }
}
