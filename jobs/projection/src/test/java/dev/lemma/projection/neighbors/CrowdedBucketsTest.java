// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.neighbors.HashKind;
import dev.lemma.math.neighbors.HashSpec;
import dev.lemma.math.neighbors.JoinSides;
import dev.lemma.math.neighbors.Metric;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Buckets that hold more points than one piece of work: split, lengthened, or capped on request.
 */
class CrowdedBucketsTest {
  private static final Metric METRIC = Metric.EUCLIDEAN;

  private static Search within(JoinSides sides, double radius) {
    return new Search(NeighborTask.RADIUS, METRIC, sides, 0, radius);
  }

  private static HashSpec spec(int tables, int hashes, int extra) {
    return new HashSpec(HashKind.STABLE, 3, OptionalLong.of(3), tables, hashes, extra, 1.0);
  }

  @Test
  void ofTwoTablesAGridOfCellsBringsEveryPairTogetherOnce() {
    Search search = within(JoinSides.TWO, 0.01);
    float[][] left = NeighborRows.clusters(2100, 3, 1, 1e-4, 1);
    float[][] right = NeighborRows.clusters(4200, 3, 2, 1e-4, 1);
    try (PointSet queries = NeighborRows.points(left, METRIC, 2, 2);
        PointSet data = NeighborRows.points(right, METRIC, 2, 3)) {
      HashSearch hashes = new HashSearch(search, queries, data);
      HashSearch.Prepared prepared = hashes.prepare(spec(2, 1, 0), 0, 1e9, 0, OptionalLong.empty());
      assertThat(prepared.hashing().hot()).isNotEmpty();
      assertThat(prepared.hashing().leftParts()).contains(2);
      assertThat(prepared.hashing().rightParts()).contains(2);
      try (Found found = hashes.search(prepared)) {
        // The queries' one cluster lies at the first of the data's two.
        assertThat(found.count()).isEqualTo(2100L * 2100);
      }
    }
  }

  @Test
  void longerKeysTakeACrowdApart() {
    Search search = within(JoinSides.SELF, 0.02);
    float[][] rows = NeighborRows.clusters(4000, 3, 1, 0.2, 2);
    try (PointSet points = NeighborRows.points(rows, METRIC, 2, 2)) {
      HashSearch hashes = new HashSearch(search, points, points);
      HashSpec spec = spec(4, 1, 3);
      HashSearch.Prepared plain = hashes.prepare(spec, 0, 1e12, 0, OptionalLong.empty());
      assertThat(plain.lengthened()).isZero();
      HashSearch.Prepared longer = hashes.prepare(spec, 0, 1, 0, OptionalLong.empty());
      assertThat(longer.lengthened()).isPositive();
      assertThat(longer.counts().collisions())
          .isLessThan(0.8 * plain.counts().collisions())
          .isPositive();
      TreeSet<String> truth = NeighborRows.within(METRIC, rows, 0.02);
      TreeSet<String> found;
      try (Found pairs = hashes.search(longer)) {
        found = NeighborRows.pairs(pairs, search, points, points);
      }
      assertThat(truth).containsAll(found);
      assertThat(found.size()).isGreaterThan((int) (0.98 * truth.size()));
    }
  }

  @Test
  void aCapDropsWhatItTellsAndNothingElse() {
    Search search = within(JoinSides.SELF, 0.01);
    float[][] rows = NeighborRows.clusters(2600, 3, 1, 1e-4, 4);
    try (PointSet points = NeighborRows.points(rows, METRIC, 2, 3)) {
      HashSearch hashes = new HashSearch(search, points, points);
      HashSpec spec = spec(2, 1, 0);
      BucketCounts before = hashes.prepare(spec, 0, 1e9, 0, OptionalLong.empty()).counts();
      assertThat(before.records()).isEqualTo(2 * 2600);
      HashSearch.Prepared capped = hashes.prepare(spec, 0, 1e9, 0, OptionalLong.of(2048));
      HashSearch.Loss loss = capped.loss();
      assertThat(loss.buckets()).isEqualTo(2);
      assertThat(loss.records()).isEqualTo(before.records() - capped.counts().records());
      assertThat(loss.meetings()).isEqualTo(before.collisions() - capped.counts().collisions());
      // Three standard deviations of a sample of 2,048 of 2,600.
      assertThat(capped.counts().records()).isBetween(2 * 1980L, 2 * 2116L);
      long[] keys = capped.hashing().capped();
      long one = kept(capped.hashing(), keys[0], keys[0]);
      long other = kept(capped.hashing(), keys[1], keys[1]);
      long both = kept(capped.hashing(), keys[0], keys[1]);
      try (Found found = hashes.search(capped)) {
        assertThat(found.count()).isEqualTo(pairs(one) + pairs(other) - pairs(both));
      }
    }
  }

  /** Points that go into two buckets. */
  private static long kept(Hashing hashing, long one, long other) {
    return LongStream.range(0, 2600)
        .filter(point -> hashing.keeps(one, point, true) && hashing.keeps(other, point, true))
        .count();
  }

  private static long pairs(long points) {
    return points * (points - 1) / 2;
  }
}
