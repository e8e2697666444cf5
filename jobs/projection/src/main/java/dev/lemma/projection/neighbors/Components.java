// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.math.neighbors.SmallestKeyUnion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Connected components of a graph of points, each named by its smallest point.
 *
 * <p>Every partition first replaces its edges by stars around the smallest point of each of its own
 * components, at most one edge a point. Where few are left one task ends the work. Otherwise rounds
 * of large-star and small-star alternate until nothing changes: each sends every point's larger, or
 * smaller, neighbours to the smallest one. The components are the same whatever the partitions.
 *
 * <p>R. Kiveris, S. Lattanzi, V. Mirrokni, V. Rastogi, S. Vassilvitskii: Connected components in
 * MapReduce and beyond, 2014, <a
 * href="https://doi.org/10.1145/2670979.2670997">doi:10.1145/2670979.2670997</a>.
 */
final class Components implements AutoCloseable {
  /** Edges that one task takes. */
  static final long ONE_TASK = 4_000_000;

  /** Rounds after which the algorithm is wrong: it needs about the square of log2 of the points. */
  private static final int MOST_ROUNDS = 200;

  private final long oneTask;
  private final List<JavaRDD<long[]>> kept = new ArrayList<>();
  private int rounds;

  Components(long oneTask) {
    this.oneTask = oneTask;
  }

  /** Rounds that the last graph took; 0 where one task sufficed. */
  int rounds() {
    return rounds;
  }

  /**
   * The components.
   *
   * @param edges pairs of different points; distances do not count
   * @return for each point of an edge (point, smallest point of its component), until {@link
   *     #close}
   */
  JavaRDD<long[]> of(JavaRDD<PairChunk> edges) {
    rounds = 0;
    JavaRDD<long[]> stars = keep(edges.mapPartitions(Components::local));
    long[] state = state(stars);
    if (state[0] > oneTask) {
      stars = alternate(stars, state);
    } else {
      stars = stars.coalesce(1).mapPartitions(Components::contract);
    }
    return stars;
  }

  private JavaRDD<long[]> alternate(JavaRDD<long[]> first, long[] before) {
    JavaRDD<long[]> stars = first;
    long[] state = before;
    for (rounds = 1; rounds <= MOST_ROUNDS; rounds++) {
      JavaRDD<long[]> next = keep(star(star(stars, true), false));
      long[] now = state(next);
      close();
      kept.add(next);
      stars = next;
      if (Arrays.equals(now, state)) {
        return stars;
      }
      state = now;
    }
    throw new IllegalStateException("components: no end after " + MOST_ROUNDS + " rounds");
  }

  /** One half of a round, by all neighbours of each point. */
  private static JavaRDD<long[]> star(JavaRDD<long[]> edges, boolean large) {
    JavaPairRDD<Long, Long> neighbours =
        edges.flatMapToPair(
            edge ->
                large
                    ? List.of(new Tuple2<>(edge[0], edge[1]), new Tuple2<>(edge[1], edge[0]))
                        .iterator()
                    : List.of(new Tuple2<>(Math.max(edge[0], edge[1]), Math.min(edge[0], edge[1])))
                        .iterator());
    return neighbours
        .groupByKey(edges.getNumPartitions())
        .flatMap(
            group -> {
              long point = group._1();
              long least = point;
              for (long other : group._2()) {
                least = Math.min(least, other);
              }
              List<long[]> out = new ArrayList<>();
              for (long other : group._2()) {
                boolean moves = large ? other > point : other != least;
                if (moves && other != least) {
                  out.add(new long[] {other, least});
                }
              }
              if (!large && point != least) {
                out.add(new long[] {point, least});
              }
              return out.iterator();
            })
        .mapPartitions(Components::distinct);
  }

  private static Iterator<long[]> distinct(Iterator<long[]> edges) {
    List<long[]> all = new ArrayList<>();
    edges.forEachRemaining(all::add);
    all.sort(Arrays::compare);
    List<long[]> different = new ArrayList<>();
    for (long[] edge : all) {
      if (different.isEmpty() || !Arrays.equals(different.get(different.size() - 1), edge)) {
        different.add(edge);
      }
    }
    return different.iterator();
  }

  /** Number of edges and two sums that tell one set of edges from the next. */
  private static long[] state(JavaRDD<long[]> edges) {
    return edges.aggregate(
        new long[3],
        (sum, edge) ->
            new long[] {
              sum[0] + 1,
              sum[1] + edge[1],
              sum[2] + (edge[0] * 0x9e3779b97f4a7c15L ^ edge[1]) * 0xbf58476d1ce4e5b9L
            },
        (a, b) -> new long[] {a[0] + b[0], a[1] + b[1], a[2] + b[2]});
  }

  private JavaRDD<long[]> keep(JavaRDD<long[]> edges) {
    kept.add(edges.persist(StorageLevel.MEMORY_AND_DISK()));
    return edges;
  }

  /** Drops what the last graph left on executors. */
  @Override
  public void close() {
    kept.forEach(edges -> edges.unpersist(false));
    kept.clear();
  }

  private static Iterator<long[]> local(Iterator<PairChunk> chunks) {
    SmallestKeyUnion union = new SmallestKeyUnion();
    while (chunks.hasNext()) {
      PairChunk chunk = chunks.next();
      for (int i = 0; i < chunk.size(); i++) {
        union.union(chunk.left()[i], chunk.right()[i]);
      }
    }
    return stars(union);
  }

  private static Iterator<long[]> contract(Iterator<long[]> edges) {
    SmallestKeyUnion union = new SmallestKeyUnion();
    while (edges.hasNext()) {
      long[] edge = edges.next();
      union.union(edge[0], edge[1]);
    }
    return stars(union);
  }

  private static Iterator<long[]> stars(SmallestKeyUnion union) {
    List<long[]> stars = new ArrayList<>();
    union.forEach(
        (key, smallest) -> {
          if (key != smallest) {
            stars.add(new long[] {key, smallest});
          }
        });
    return stars.iterator();
  }
}
