// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.math.neighbors.ExactTiles;
import dev.lemma.math.neighbors.NearestHeap;
import dev.lemma.math.neighbors.RecallEstimate;
import dev.lemma.math.neighbors.RowBlock;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Recall by brute force for a sample of distinct rows that the solver does not see: of top-k, how
 * many of the k true neighbours are as near as those found; otherwise how many of the pairs within
 * the radius were found.
 */
final class RecallSample {
  static final double CONFIDENCE = 0.99;

  private RecallSample() {}

  /**
   * Measures.
   *
   * @param purpose samples of different purposes are independent
   * @param rows size of the sample
   */
  static RecallEstimate measure(
      SparkSession spark,
      Search search,
      PointSet queries,
      PointSet data,
      Found found,
      String purpose,
      long seed,
      int rows) {
    long[] numbers = queries.sample(spark, purpose, seed, rows);
    Tile sample = queries.fetch(numbers);
    return search.isTopK()
        ? nearest(search, numbers, sample, data, found)
        : within(search, numbers, sample, data, found);
  }

  private static RecallEstimate nearest(
      Search search, long[] numbers, Tile sample, PointSet data, Found found) {
    PointSet.Starts starts = data.starts();
    NearestHeap[] truth = BestLists.heaps(search.k(), numbers, search.isSelf());
    List<BestLists> parts =
        data.tiles()
            .mapPartitionsWithIndex(
                (index, part) -> {
                  NearestHeap[] heaps = BestLists.heaps(search.k(), numbers, search.isSelf());
                  new ExactTiles(search.metric(), BlasGemm.ofMachine())
                      .nearest(sample.block(), heaps, part.next().block(), starts.numbers(index));
                  return List.of(BestLists.of(numbers, heaps)).iterator();
                },
                true)
            .collect();
    for (BestLists part : parts) {
      int at = 0;
      for (int i = 0; i < truth.length; i++) {
        for (int n = 0; n < part.counts()[i]; n++, at++) {
          truth[i].offer(part.ids()[at], part.distances()[at]);
        }
      }
    }
    NearestHeap[] lists = BestLists.heaps(search.k(), numbers, search.isSelf());
    for (PairChunk chunk : ofSample(numbers, found).collect()) {
      for (int i = 0; i < chunk.size(); i++) {
        lists[Arrays.binarySearch(numbers, chunk.left()[i])].offer(
            chunk.right()[i], chunk.distance()[i]);
      }
    }
    int[] wanted = new int[numbers.length];
    int[] hits = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      wanted[i] = truth[i].size();
      hits[i] = RecallEstimate.hits(truth[i].distances(), lists[i].distances());
    }
    return RecallEstimate.of(wanted, hits, CONFIDENCE);
  }

  private static RecallEstimate within(
      Search search, long[] numbers, Tile sample, PointSet data, Found found) {
    PointSet.Starts starts = data.starts();
    int[] wanted =
        data.tiles()
            .mapPartitionsWithIndex(
                (index, part) -> {
                  long[] others = starts.numbers(index);
                  int[] counts = new int[numbers.length];
                  RowBlock block = part.next().block();
                  new ExactTiles(search.metric(), BlasGemm.ofMachine())
                      .within(
                          sample.block(),
                          block,
                          search.radius(),
                          (i, j, distance) -> {
                            if (!search.isSelf() || numbers[i] != others[j]) {
                              counts[i]++;
                            }
                          });
                  return List.of(counts).iterator();
                },
                true)
            .reduce(RecallSample::plus);
    boolean bothEnds = search.isSelf();
    // A sampled row of a dense cluster has pairs beyond number: they are counted where they lie.
    int[] hits =
        found
            .pairs()
            .mapPartitions(
                part -> {
                  int[] counts = new int[numbers.length];
                  while (part.hasNext()) {
                    PairChunk chunk = part.next();
                    for (int i = 0; i < chunk.size(); i++) {
                      count(numbers, chunk.left()[i], counts);
                      if (bothEnds) {
                        count(numbers, chunk.right()[i], counts);
                      }
                    }
                  }
                  return List.of(counts).iterator();
                })
            .fold(new int[numbers.length], RecallSample::plus);
    return RecallEstimate.of(wanted, hits, CONFIDENCE);
  }

  private static void count(long[] numbers, long point, int[] counts) {
    int place = Arrays.binarySearch(numbers, point);
    if (place >= 0) {
      counts[place]++;
    }
  }

  private static int[] plus(int[] a, int[] b) {
    int[] sum = a.clone();
    for (int i = 0; i < b.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  /** The lists of sampled points, at most k pairs each. */
  private static JavaRDD<PairChunk> ofSample(long[] numbers, Found found) {
    return found
        .pairs()
        .mapPartitions(
            part -> {
              PairChunk.Collector out = new PairChunk.Collector();
              while (part.hasNext()) {
                PairChunk chunk = part.next();
                for (int i = 0; i < chunk.size(); i++) {
                  if (Arrays.binarySearch(numbers, chunk.left()[i]) >= 0) {
                    out.add(chunk.left()[i], chunk.right()[i], chunk.distance()[i]);
                  }
                }
              }
              return out.chunks().iterator();
            });
  }
}
