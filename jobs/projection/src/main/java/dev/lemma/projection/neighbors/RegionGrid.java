// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.kit.data.BlasGemm;
import dev.lemma.math.neighbors.ExactTiles;
import dev.lemma.math.neighbors.PivotReach;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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

  @DefaultSerializer(JavaSerializer.class)
  private record Sent(long[] numbers, Tile points) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final Search search;
  private final RegionReach reach;
  private final PointSet.Starts starts;

  private RegionGrid(Search search, RegionReach reach, PointSet.Starts starts) {
    this.search = search;
    this.reach = reach;
    this.starts = starts;
  }

  /** All pairs within the radius. */
  static Found within(Search search, PointSet points, RegionReach reach) {
    RegionGrid grid = new RegionGrid(search, reach, points.starts());
    int tasks = points.starts().tiles();
    JavaRDD<Sent> sent =
        points
            .indexed()
            .flatMapToPair(tile -> grid.copies(tile._1(), tile._2()))
            .partitionBy(new ByIndex(tasks))
            .values();
    return Found.of(
        points
            .indexed()
            .zipPartitions(sent, (own, others) -> grid.pairs(own.next(), others).iterator()));
  }

  /** What a tile sends to the tasks that it meets. */
  private Iterator<Tuple2<Integer, Sent>> copies(int index, Tile tile) {
    ReachingPoints points = ReachingPoints.of(tile, starts.numbers(index), reach.pivots());
    List<Tuple2<Integer, Sent>> copies = new ArrayList<>();
    for (int task = 0; task < starts.tiles(); task++) {
      if (TileGrid.meets(task, index, starts.tiles())) {
        int[] places = points.reaching(reach.regions().of(task, starts.tiles()));
        if (places.length > 0) {
          long[] numbers = Arrays.stream(places).mapToLong(points::number).toArray();
          copies.add(new Tuple2<>(task, new Sent(numbers, points.points(places))));
        }
      }
    }
    return copies.iterator();
  }

  private List<PairChunk> pairs(Tuple2<Integer, Tile> own, Iterator<Sent> others) {
    PivotReach pivots = reach.pivots();
    ReachingPoints mine = ReachingPoints.of(own._2(), starts.numbers(own._1()), pivots);
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
      Sent sent = others.next();
      ReachingPoints theirs = ReachingPoints.of(sent.points(), sent.numbers(), pivots);
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
    if (left.length > 0 && right.length > 0) {
      kernel.within(
          mine.points(left).block(),
          theirs.points(right).block(),
          search.radius(),
          (i, j, distance) ->
              out.addOrdered(mine.number(left[i]), theirs.number(right[j]), distance));
    }
  }
}
