// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.math.neighbors.NearestHeap;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * Pairs of points that a search found: of top-k the directed ones from each query, otherwise each
 * pair once. Kept on executors until {@link #close}.
 *
 * @param pairs the pairs
 */
record Found(JavaRDD<PairChunk> pairs) implements AutoCloseable {
  static Found of(JavaRDD<PairChunk> pairs) {
    return new Found(pairs.persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** Merges what tasks know of each tile's points. */
  static Found merged(
      Search search, JavaPairRDD<Integer, BestLists> lists, PointSet.Starts starts) {
    return of(
        lists
            .partitionBy(new ByIndex(starts.tiles()))
            .values()
            .mapPartitionsWithIndex(
                (tile, part) -> {
                  long[] numbers = starts.numbers(tile);
                  NearestHeap[] heaps = BestLists.heaps(search.k(), numbers, search.isSelf());
                  part.forEachRemaining(known -> known.offer(heaps, starts.first()[tile]));
                  PairChunk.Collector out = new PairChunk.Collector();
                  for (int i = 0; i < heaps.length; i++) {
                    long[] ids = heaps[i].ids();
                    double[] distances = heaps[i].distances();
                    for (int n = 0; n < ids.length; n++) {
                      out.add(numbers[i], ids[n], distances[n]);
                    }
                  }
                  return out.chunks().iterator();
                },
                true));
  }

  /** Number of pairs. */
  long count() {
    return pairs.map(PairChunk::size).aggregate(0L, (sum, size) -> sum + size, Long::sum);
  }

  List<PairChunk> collect() {
    return pairs.collect();
  }

  @Override
  public void close() {
    pairs.unpersist(false);
  }
}
