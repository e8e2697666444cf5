// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.neighbors.NearestHeap;
import dev.lemma.math.neighbors.RowBlock;
import dev.lemma.projection.neighbors.TileRequests.Answer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Settles candidate pairs by their exact distances. The tile of a pair's first point asks the
 * second point's tile for it, once for all its pairs: 8 bytes there, the point back. So points
 * cross the network for candidates alone.
 */
final class Settlement {
  @DefaultSerializer(JavaSerializer.class)
  private record Work(List<long[]> pairs, List<Answer<Tile>> answers) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final Search search;
  private final PointSet.Starts homes;
  private final PointSet.Starts others;

  private Settlement(Search search, PointSet.Starts homes, PointSet.Starts others) {
    this.search = search;
    this.homes = homes;
    this.others = others;
  }

  /**
   * What is within the radius, or nearest.
   *
   * @param candidates pairs with the tile of their first point
   * @param local of a self join pairs within one tile, in its partition; otherwise empty
   * @param queries the first points
   * @param data the second points; in a self join the same
   */
  static Found of(
      Search search,
      JavaPairRDD<Integer, long[]> candidates,
      Optional<JavaRDD<long[]>> local,
      PointSet queries,
      PointSet data) {
    int asking = queries.starts().tiles();
    PointSet.Starts homes = queries.starts();
    PointSet.Starts others = data.starts();
    JavaRDD<long[]> crossing = candidates.partitionBy(new ByIndex(asking)).values();
    JavaRDD<long[]> pairs =
        local.map(own -> own.zipPartitions(crossing, Settlement::both)).orElse(crossing);
    JavaRDD<Answer<Tile>> answers =
        TileRequests.answers(pairs.map(Settlement::others), data, search.isSelf(), Tile::points);
    JavaRDD<Work> work =
        pairs.zipPartitions(
            answers,
            (list, replies) ->
                List.of(new Work(TileRequests.all(list), TileRequests.all(replies))).iterator());
    if (!search.isTopK()) {
      return Found.of(
          queries
              .indexed()
              .zipPartitions(
                  work,
                  (own, part) ->
                      new Settlement(search, homes, others)
                          .within(own.next(), part.next())
                          .iterator()));
    }
    JavaPairRDD<Integer, BestLists> lists =
        queries
            .indexed()
            .zipPartitions(
                work,
                (own, part) ->
                    new Settlement(search, homes, others)
                        .nearest(own.next(), part.next())
                        .iterator())
            .mapToPair(list -> list);
    return Found.merged(search, lists, homes);
  }

  private static Iterator<long[]> both(Iterator<long[]> one, Iterator<long[]> other) {
    List<long[]> all = TileRequests.all(one);
    all.addAll(TileRequests.all(other));
    return all.iterator();
  }

  /** The second points of pairs. */
  private static long[] others(long[] pairs) {
    long[] others = new long[pairs.length / 2];
    for (int i = 0; i < others.length; i++) {
      others[i] = pairs[2 * i + 1];
    }
    return others;
  }

  /** Takes a pair of points by their places in the tile and in an answer. */
  private interface Settled {
    void accept(int own, Reply reply, int place, double distance);
  }

  /** Points of another tile, or of the own one. */
  private record Reply(int tile, long[] points, RowBlock block) {}

  private void settle(int tile, RowBlock own, Work work, Settled sink) {
    Reply[] replies = new Reply[others.tiles()];
    for (Answer<Tile> answer : work.answers()) {
      replies[answer.tile()] = new Reply(answer.tile(), answer.points(), answer.content().block());
    }
    if (search.isSelf()) {
      replies[tile] = new Reply(tile, homes.numbers(tile), own);
    }
    long[] pairs = sorted(tile, work.pairs());
    for (int i = 0; i < pairs.length; i++) {
      if (i > 0 && pairs[i] == pairs[i - 1]) {
        continue;
      }
      long other = pairs[i] & OTHER;
      Reply reply = replies[others.tileOf(other)];
      int place = Arrays.binarySearch(reply.points(), other);
      int mine = (int) (pairs[i] >>> OTHER_BITS);
      sink.accept(mine, reply, place, own.distance(search.metric(), mine, reply.block(), place));
    }
  }

  private static final int OTHER_BITS = 40;
  private static final long OTHER = (1L << OTHER_BITS) - 1;

  /** Place of the first point in the high bits, number of the other in the low ones. */
  private long[] sorted(int tile, List<long[]> chunks) {
    long[] pairs = new long[chunks.stream().mapToInt(chunk -> chunk.length / 2).sum()];
    long first = homes.first()[tile];
    int at = 0;
    for (long[] chunk : chunks) {
      for (int i = 0; i < chunk.length; i += 2) {
        pairs[at++] = chunk[i] - first << OTHER_BITS | chunk[i + 1];
      }
    }
    Arrays.sort(pairs);
    return pairs;
  }

  private List<PairChunk> within(Tuple2<Integer, Tile> own, Work work) {
    PairChunk.Collector out = new PairChunk.Collector();
    long first = homes.first()[own._1()];
    settle(
        own._1(),
        own._2().block(),
        work,
        (mine, reply, place, distance) -> {
          if (distance <= search.radius()) {
            if (search.isSelf()) {
              out.addOrdered(first + mine, reply.points()[place], distance);
            } else {
              out.add(first + mine, reply.points()[place], distance);
            }
          }
        });
    return out.chunks();
  }

  private List<Tuple2<Integer, BestLists>> nearest(Tuple2<Integer, Tile> own, Work work) {
    int tile = own._1();
    long[] numbers = homes.numbers(tile);
    NearestHeap[] heaps = BestLists.heaps(search.k(), numbers, search.isSelf());
    NearestHeap[][] theirs = new NearestHeap[others.tiles()][];
    long[][] points = new long[others.tiles()][];
    settle(
        tile,
        own._2().block(),
        work,
        (mine, reply, place, distance) -> {
          heaps[mine].offer(reply.points()[place], distance);
          if (!search.isSelf()) {
            return;
          }
          if (reply.tile() == tile) {
            heaps[place].offer(numbers[mine], distance);
            return;
          }
          if (theirs[reply.tile()] == null) {
            theirs[reply.tile()] = BestLists.heaps(search.k(), reply.points(), true);
            points[reply.tile()] = reply.points();
          }
          theirs[reply.tile()][place].offer(numbers[mine], distance);
        });
    List<Tuple2<Integer, BestLists>> out = new ArrayList<>();
    out.add(new Tuple2<>(tile, BestLists.of(numbers, heaps)));
    for (int other = 0; other < theirs.length; other++) {
      if (theirs[other] != null) {
        out.add(new Tuple2<>(other, BestLists.of(points[other], theirs[other])));
      }
    }
    return out;
  }
}
