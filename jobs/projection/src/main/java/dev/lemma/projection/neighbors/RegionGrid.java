// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.math.neighbors.ExactTiles;
import dev.lemma.math.neighbors.PivotReach;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Compares every pair of points that can lie within the radius: all pairs within a region, and
 * across two regions those of points that reach each other's. Tiles meet as in {@link TileGrid},
 * but a tile sends another only the points that reach one of its regions. Nothing is lost: the
 * pairs found are those of all pairs.
 */
final class RegionGrid implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Search search;
  private final Regions regions;
  private final PointSet.Starts starts;

  private RegionGrid(Search search, Regions regions, PointSet.Starts starts) {
    this.search = search;
    this.regions = regions;
    this.starts = starts;
  }

  /**
   * All pairs within the radius of a search for which {@link RegionReach} tells what to compare.
   */
  static Found within(Search search, PointSet points) {
    RegionGrid grid = new RegionGrid(search, points.regions(), points.starts());
    JavaRDD<ReachingPoints> sent =
        points
            .indexed()
            .flatMapToPair(tile -> grid.copies(tile._1(), tile._2()))
            .partitionBy(new ByIndex(points.starts().tiles()))
            .values();
    return Found.of(
        points
            .indexed()
            .zipPartitions(sent, (own, others) -> grid.pairs(own.next(), others).iterator()));
  }

  private ReachingPoints reaching(int index, Tile tile) {
    PivotReach reach = regions.reach(search.radius());
    return ReachingPoints.of(tile, starts.numbers(index), reach);
  }

  /** What a tile sends to the tasks that it meets, one after the other. */
  private Iterator<Tuple2<Integer, ReachingPoints>> copies(int index, Tile tile) {
    ReachingPoints points = reaching(index, tile);
    int tiles = starts.tiles();
    return IntStream.range(0, tiles)
        .filter(task -> TileGrid.meets(task, index, tiles))
        .mapToObj(task -> new Tuple2<>(task, points.reaching(regions.of(task, tiles))))
        .filter(copy -> copy._2().size() > 0)
        .iterator();
  }

  private List<PairChunk> pairs(Tuple2<Integer, Tile> own, Iterator<ReachingPoints> others) {
    ReachingPoints mine = reaching(own._1(), own._2());
    ExactTiles kernel = new ExactTiles(search.metric(), BlasGemm.ofMachine());
    PairChunk.Collector out = new PairChunk.Collector();
    for (int region : mine.regions()) {
      within(kernel, mine, region, out);
      for (int other : mine.regions()) {
        if (other < region) {
          across(kernel, mine, region, mine, other, out);
        }
      }
    }
    while (others.hasNext()) {
      ReachingPoints theirs = others.next();
      for (int region : mine.regions()) {
        for (int other : theirs.regions()) {
          across(kernel, mine, region, theirs, other, out);
        }
      }
    }
    return out.chunks();
  }

  private void within(
      ExactTiles kernel, ReachingPoints points, int region, PairChunk.Collector out) {
    int[] all = points.reaching(region, region);
    kernel.withinSelf(
        points.points(all).block(),
        search.radius(),
        (i, j, distance) -> out.addOrdered(points.number(all[i]), points.number(all[j]), distance));
  }

  private void across(
      ExactTiles kernel,
      ReachingPoints mine,
      int region,
      ReachingPoints theirs,
      int other,
      PairChunk.Collector out) {
    int[] left = mine.reaching(region, other);
    int[] right = theirs.reaching(other, region);
    if (left.length == 0 || right.length == 0) {
      return;
    }
    if (left.length > right.length) {
      // Columns come in whole panels: the longer side wastes less of the last one.
      across(kernel, theirs, other, mine, region, out);
      return;
    }
    kernel.within(
        mine.points(left).block(),
        theirs.points(right).block(),
        search.radius(),
        (i, j, distance) ->
            out.addOrdered(mine.number(left[i]), theirs.number(right[j]), distance));
  }
}
