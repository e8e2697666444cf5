// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.math.neighbors.Metric;
import dev.lemma.math.neighbors.PivotReach;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Which points of a self join within a radius can have neighbours in another region than their own,
 * and in which: the rest need not be sent there nor compared.
 *
 * @param regions of the points
 * @param radius of the join
 * @param points for each region and each region the points of the one that can have neighbours in
 *     the other, row-major; on the diagonal all points of a region
 */
record RegionReach(Regions regions, double radius, long[] points) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Share of all pairs above which whole tiles, which are compared faster, do. */
  private static final double WORTHWHILE = 0.5;

  /** Depth of the tree that adds the tiles' counts. */
  private static final int DEPTH = 2;

  /**
   * Counts the points: one pass over the tiles, n<sup>2</sup> longs to the driver for n regions.
   *
   * @return empty where regions do not tell: no self join within a radius, one region alone, a
   *     cosine distance of 1 or more, where a row of zeros is near every other, or rows so long
   *     that sums overflow; and where they would not spare half of the pairs
   */
  static Optional<RegionReach> of(Search search, PointSet points) {
    Regions regions = points.regions();
    if (!search.isSelf()
        || search.isTopK()
        || regions.count() == 1
        || search.metric() == Metric.COSINE && search.radius() >= 1) {
      return Optional.empty();
    }
    double radius = search.radius();
    Counts total =
        points
            .tiles()
            .mapPartitions(
                (Iterator<Tile> tiles) ->
                    List.of(Counts.of(regions, radius, tiles.next())).iterator(),
                true)
            .treeReduce(Counts::plus, DEPTH);
    RegionReach reach = new RegionReach(regions, radius, total.points());
    double all = points.points() * (points.points() - 1.0) / 2;
    return total.safe() && reach.pairs() < WORTHWHILE * all ? Optional.of(reach) : Optional.empty();
  }

  /** Pairs that are compared: within regions all, across two those of points that reach both. */
  double pairs() {
    int count = regions.count();
    double pairs = 0;
    for (int r = 0; r < count; r++) {
      double own = points[r * count + r];
      pairs += own * (own - 1) / 2;
      for (int s = 0; s < r; s++) {
        pairs += (double) points[r * count + s] * points[s * count + r];
      }
    }
    return pairs;
  }

  /** What tells where a point's neighbours can lie. */
  PivotReach pivots() {
    return regions.reach(radius);
  }

  /** Numbers of points, and whether regions tell of all of them. */
  private record Counts(long[] points, boolean safe) implements Serializable {
    private static final long serialVersionUID = 1L;

    static Counts of(Regions regions, double radius, Tile tile) {
      PivotReach reach = regions.reach(radius);
      int count = reach.cells();
      long[] points = new long[count * count];
      long[] set = new long[reach.words()];
      boolean safe = true;
      for (int i = 0; i < tile.size(); i++) {
        int at = i * tile.dimension();
        safe &= reach.isSafe(tile.values(), at);
        int own = reach.of(tile.values(), at, set, 0);
        for (int word = 0; word < set.length; word++) {
          for (long left = set[word]; left != 0; left &= left - 1) {
            points[own * count + word * Long.SIZE + Long.numberOfTrailingZeros(left)]++;
          }
        }
      }
      return new Counts(points, safe);
    }

    Counts plus(Counts other) {
      long[] sums = points.clone();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += other.points[i];
      }
      return new Counts(sums, safe && other.safe);
    }
  }
}
