// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.neighbors.DistanceProfile;
import dev.lemma.math.neighbors.NearestHeap;
import dev.lemma.math.neighbors.RowBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * A few sampled queries against all points, by brute force: what the solver knows of the data.
 *
 * @param profile distances of all pairs of the job
 * @param wanted distances at which pairs must be found
 */
record DistanceSample(DistanceProfile profile, double[] wanted) {
  /** Sampled queries. */
  static final int QUERIES = 150;

  /** Pairs within a radius that are enough to stand for all of them. */
  private static final int ENOUGH = 20;

  private static final int QUANTILES = 1000;

  /** Groups of distances for each factor of 2: each is known to 3 %. */
  private static final int STEPS = 32;

  private static final int LOWEST = -40;
  private static final int BINS = 80 * STEPS;
  private static final int SHIFT = 52 - 5;
  private static final long FIRST = (1023L + LOWEST) * STEPS;

  @DefaultSerializer(JavaSerializer.class)
  private record Part(long[] bins, BestLists lists) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Draws the sample. */
  static DistanceSample draw(
      SparkSession spark, Search search, PointSet queries, PointSet data, long seed) {
    long[] numbers = queries.sample(spark, "neighbors/distances", seed, QUERIES);
    Tile sample = queries.fetch(numbers);
    PointSet.Starts starts = data.starts();
    int k = search.isTopK() ? search.k() : 1;
    JavaRDD<Part> parts =
        data.tiles()
            .mapPartitionsWithIndex(
                (index, part) ->
                    List.of(part(search, k, sample, numbers, part.next(), starts.numbers(index)))
                        .iterator(),
                true);
    long[] bins = new long[BINS];
    NearestHeap[] heaps = BestLists.heaps(k, numbers, search.isSelf());
    for (Part part : parts.collect()) {
      for (int b = 0; b < BINS; b++) {
        bins[b] += part.bins()[b];
      }
      int at = 0;
      for (int i = 0; i < heaps.length; i++) {
        for (int n = 0; n < part.lists().counts()[i]; n++, at++) {
          heaps[i].offer(part.lists().ids()[at], part.lists().distances()[at]);
        }
      }
    }
    double pairs =
        search.isSelf()
            ? 0.5 * data.points() * (data.points() - 1.0)
            : (double) queries.points() * data.points();
    return new DistanceSample(profile(bins, pairs), wanted(search, heaps, bins));
  }

  private static Part part(
      Search search, int k, Tile sample, long[] numbers, Tile tile, long[] data) {
    RowBlock asking = sample.block();
    RowBlock points = tile.block();
    long[] bins = new long[BINS];
    NearestHeap[] heaps = BestLists.heaps(k, numbers, search.isSelf());
    for (int i = 0; i < asking.size(); i++) {
      NearestHeap heap = heaps[i];
      for (int j = 0; j < points.size(); j++) {
        if (!search.isSelf() || numbers[i] != data[j]) {
          double distance = asking.distance(search.metric(), i, points, j);
          bins[bin(distance)]++;
          if (heap.wants(distance)) {
            heap.offer(data[j], distance);
          }
        }
      }
    }
    return new Part(bins, BestLists.of(numbers, heaps));
  }

  /** Steps of one size within a factor of 2: the number's own leading bits. */
  private static int bin(double distance) {
    if (distance == 0) {
      return 0;
    }
    long step = (Double.doubleToRawLongBits(distance) >>> SHIFT) - FIRST;
    return (int) Math.max(1, Math.min(BINS - 1, step));
  }

  private static DistanceProfile profile(long[] bins, double pairs) {
    long total = Arrays.stream(bins).sum();
    double[] distances = new double[BINS];
    double[] weights = new double[BINS];
    int used = 0;
    for (int b = 0; b < BINS; b++) {
      if (bins[b] > 0) {
        distances[used] = middle(b);
        weights[used++] = pairs * bins[b] / total;
      }
    }
    return total == 0
        ? new DistanceProfile(new double[] {1}, new double[] {0})
        : new DistanceProfile(Arrays.copyOf(distances, used), Arrays.copyOf(weights, used));
  }

  /** Of top-k the distances of the nearest; of a radius a thousand quantiles of those within. */
  private static double[] wanted(Search search, NearestHeap[] heaps, long[] bins) {
    if (search.isTopK()) {
      double[] near =
          Arrays.stream(heaps).flatMapToDouble(heap -> Arrays.stream(heap.distances())).toArray();
      return near.length > 0 ? near : new double[] {0};
    }
    int last = bin(search.radius());
    long within = 0;
    for (int b = 0; b <= last; b++) {
      within += bins[b];
    }
    if (within < ENOUGH) {
      return new double[] {search.radius()};
    }
    int count = (int) Math.min(within, QUANTILES);
    double[] wanted = new double[count];
    long below = 0;
    int filled = 0;
    for (int b = 0; b <= last; b++) {
      below += bins[b];
      while (filled < count && (filled + 0.5) * within <= (double) below * count) {
        wanted[filled++] = Math.min(search.radius(), middle(b));
      }
    }
    return wanted;
  }

  private static double middle(int bin) {
    return bin == 0 ? 0 : Double.longBitsToDouble((bin + FIRST << SHIFT) | 1L << SHIFT - 1);
  }
}
