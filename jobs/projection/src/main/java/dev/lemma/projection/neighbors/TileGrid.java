// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.kit.data.BlasGemm;
import dev.lemma.math.neighbors.ExactTiles;
import dev.lemma.math.neighbors.NearestHeap;
import dev.lemma.math.neighbors.RowBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Compares every pair of points, tile by tile. Task i keeps tile i and is sent others one after the
 * other: in a self join of T tiles the next (T - 1) / 2 in a circle, so that each pair of tiles
 * meets once and all tasks have the same work; otherwise all tiles of the data. Every tile crosses
 * the network once for each task that it meets.
 */
final class TileGrid {
  @DefaultSerializer(JavaSerializer.class)
  private record Sent(int tile, Tile points) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private TileGrid() {}

  /**
   * All that is looked for.
   *
   * @param queries the points that ask; in a self join the data
   * @param data the points that are searched
   */
  static Found search(Search search, PointSet queries, PointSet data) {
    int tasks = queries.starts().tiles();
    JavaRDD<Sent> sent =
        data.tiles()
            .mapPartitionsWithIndex(
                (index, part) -> {
                  Sent points = new Sent(index, part.next().points());
                  List<Tuple2<Integer, Sent>> copies = new ArrayList<>();
                  for (int task = 0; task < tasks; task++) {
                    if (!search.isSelf() || meets(task, index, tasks)) {
                      copies.add(new Tuple2<>(task, points));
                    }
                  }
                  return copies.iterator();
                },
                true)
            .mapToPair(copy -> copy)
            .partitionBy(new ByIndex(tasks))
            .values();
    return search.isTopK()
        ? nearest(search, queries, data.starts(), sent)
        : within(search, queries, data.starts(), sent);
  }

  /** Whether a tile is sent to a task of a self join: the circle's half ahead of it. */
  static boolean meets(int task, int tile, int tiles) {
    int ahead = Math.floorMod(tile - task, tiles);
    return ahead > 0 && (2 * ahead < tiles || (2 * ahead == tiles && task < tile));
  }

  private static ExactTiles kernel(Search search) {
    return new ExactTiles(search.metric(), BlasGemm.ofMachine());
  }

  private static Found within(
      Search search, PointSet queries, PointSet.Starts data, JavaRDD<Sent> sent) {
    PointSet.Starts asking = queries.starts();
    return Found.of(
        indexed(queries)
            .zipPartitions(
                sent,
                (own, others) -> {
                  Sent mine = own.next();
                  RowBlock block = mine.points().block();
                  long first = asking.first()[mine.tile()];
                  ExactTiles kernel = kernel(search);
                  PairChunk.Collector out = new PairChunk.Collector();
                  if (search.isSelf()) {
                    kernel.withinSelf(
                        block, search.radius(), (i, j, d) -> out.add(first + i, first + j, d));
                  }
                  while (others.hasNext()) {
                    Sent other = others.next();
                    long begin = data.first()[other.tile()];
                    kernel.within(
                        block,
                        other.points().block(),
                        search.radius(),
                        (i, j, d) -> {
                          if (search.isSelf()) {
                            out.addOrdered(first + i, begin + j, d);
                          } else {
                            out.add(first + i, begin + j, d);
                          }
                        });
                  }
                  return out.chunks().iterator();
                }));
  }

  private static Found nearest(
      Search search, PointSet queries, PointSet.Starts data, JavaRDD<Sent> sent) {
    PointSet.Starts asking = queries.starts();
    JavaPairRDD<Integer, BestLists> lists =
        indexed(queries)
            .zipPartitions(sent, (own, others) -> nearest(search, asking, data, own.next(), others))
            .mapToPair(list -> list);
    return Found.merged(search, lists, asking);
  }

  private static Iterator<Tuple2<Integer, BestLists>> nearest(
      Search search,
      PointSet.Starts asking,
      PointSet.Starts data,
      Sent mine,
      Iterator<Sent> others) {
    ExactTiles kernel = kernel(search);
    RowBlock block = mine.points().block();
    long[] numbers = asking.numbers(mine.tile());
    NearestHeap[] heaps = BestLists.heaps(search.k(), numbers, search.isSelf());
    if (search.isSelf()) {
      kernel.nearestSelf(block, heaps, numbers);
    }
    List<Tuple2<Integer, BestLists>> out = new ArrayList<>();
    while (others.hasNext()) {
      Sent other = others.next();
      long[] their = data.numbers(other.tile());
      RowBlock right = other.points().block();
      if (search.isSelf()) {
        NearestHeap[] theirs = BestLists.heaps(search.k(), their, true);
        kernel.nearestBoth(block, heaps, numbers, right, theirs, their);
        out.add(new Tuple2<>(other.tile(), BestLists.of(their, theirs)));
      } else {
        kernel.nearest(block, heaps, right, their);
      }
    }
    out.add(new Tuple2<>(mine.tile(), BestLists.of(numbers, heaps)));
    return out.iterator();
  }

  private static JavaRDD<Sent> indexed(PointSet points) {
    return points.indexed().map(tile -> new Sent(tile._1(), tile._2().points()));
  }
}
