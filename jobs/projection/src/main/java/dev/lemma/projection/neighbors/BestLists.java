// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.neighbors.NearestHeap;
import java.io.Serializable;

/**
 * The nearest neighbours of points of one tile as far as they are known, as arrays: 16 bytes for
 * each neighbour.
 *
 * @param points numbers of the points
 * @param counts neighbours of each point
 * @param ids their numbers, point after point
 * @param distances in the order of ids
 */
@DefaultSerializer(JavaSerializer.class)
record BestLists(long[] points, int[] counts, long[] ids, double[] distances)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the heaps of these points hold. */
  static BestLists of(long[] points, NearestHeap[] heaps) {
    int total = 0;
    for (NearestHeap heap : heaps) {
      total += heap.size();
    }
    int[] counts = new int[heaps.length];
    long[] ids = new long[total];
    double[] distances = new double[total];
    int at = 0;
    for (int i = 0; i < heaps.length; i++) {
      counts[i] = heaps[i].size();
      System.arraycopy(heaps[i].ids(), 0, ids, at, counts[i]);
      System.arraycopy(heaps[i].distances(), 0, distances, at, counts[i]);
      at += counts[i];
    }
    return new BestLists(points, counts, ids, distances);
  }

  /** Offers all to the heaps of the tile's points, the first of which has this number. */
  void offer(NearestHeap[] heaps, long first) {
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      NearestHeap heap = heaps[(int) (points[i] - first)];
      for (int n = 0; n < counts[i]; n++, at++) {
        heap.offer(ids[at], distances[at]);
      }
    }
  }

  /** Empty heaps for points; in a self join none takes its own number. */
  static NearestHeap[] heaps(int k, long[] numbers, boolean self) {
    NearestHeap[] heaps = new NearestHeap[numbers.length];
    for (int i = 0; i < heaps.length; i++) {
      heaps[i] = self ? NearestHeap.excluding(k, numbers[i]) : NearestHeap.of(k);
    }
    return heaps;
  }
}
