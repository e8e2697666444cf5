// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.neighbors.ExactTiles;
import dev.lemma.math.neighbors.Metric;
import dev.lemma.math.neighbors.PivotReach;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Which points of a self join within a radius can have neighbours in another region than their own,
 * and in which: the rest need not be sent there nor compared.
 *
 * @param regions their number
 * @param points for each region and each region the points of the one that can have neighbours in
 *     the other, row-major; on the diagonal all points of a region
 */
record RegionReach(int regions, long[] points) {
  /** Share of all pairs above which whole tiles, which need no count of regions, do. */
  private static final double WORTHWHILE = 0.5;

  /** Rows that a panel of columns could take while it is laid out. */
  private static final int SETTING_UP = 64;

  /** Depth of the tree that adds the tiles' counts. */
  private static final int DEPTH = 2;

  /**
   * What is to be compared where regions tell and spare enough.
   *
   * @return empty where they do not tell, or whole tiles are compared sooner
   */
  static Optional<RegionReach> of(Search search, PointSet points) {
    double all = points.points() * (points.points() - 1.0) / 2;
    return count(search, points).filter(reach -> reach.work() < WORTHWHILE * all);
  }

  /**
   * Counts the points: one pass over the tiles, n<sup>2</sup> longs to the driver for n regions.
   *
   * @return empty where regions do not tell: no self join within a radius, one region alone, a
   *     cosine distance of 1 or more, where a row of zeros is near every other, or rows so long
   *     that sums overflow
   */
  static Optional<RegionReach> count(Search search, PointSet points) {
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
    return total.safe()
        ? Optional.of(new RegionReach(regions.count(), total.points()))
        : Optional.empty();
  }

  /** Pairs that are compared: within regions all, across two those of points that reach both. */
  double pairs() {
    return sum((one, other) -> (double) one * other, own -> own * (own - 1.0) / 2);
  }

  /** What comparing them takes, in pairs of whole tiles: the kernel takes whole panels. */
  double work() {
    return sum(
        (one, other) ->
            one == 0 || other == 0 ? 0 : panels(Math.min(one, other), Math.max(one, other)),
        own -> panels(own, own) * (own > ExactTiles.PANEL ? 0.5 : 1));
  }

  private static double panels(long rows, long columns) {
    return (double) (rows + SETTING_UP)
        * ExactTiles.PANEL
        * ((columns + ExactTiles.PANEL - 1) / ExactTiles.PANEL);
  }

  private double sum(ToDoubleBiFunction<Long, Long> across, ToDoubleFunction<Long> within) {
    double sum = 0;
    for (int r = 0; r < regions; r++) {
      sum += within.applyAsDouble(points[r * regions + r]);
      for (int s = 0; s < r; s++) {
        sum += across.applyAsDouble(points[r * regions + s], points[s * regions + r]);
      }
    }
    return sum;
  }

  /** Numbers of points, and whether regions tell of all of them. */
  @DefaultSerializer(JavaSerializer.class)
  record Counts(long[] points, boolean safe) implements Serializable {
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
