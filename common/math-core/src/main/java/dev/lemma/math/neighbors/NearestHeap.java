// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The k nearest rows of a query out of all that were offered, by ascending distance, then id.
 * Whatever the order of offers and merges, and however often a row is offered, the k are the same.
 *
 * <p>An offer costs one comparison when the row is not taken, O(k) at most when it is. 16 k bytes.
 * Not thread-safe; offers allocate nothing.
 */
public final class NearestHeap {
  private final long[] ids;
  private final double[] distances;
  private final boolean excludes;
  private final long excluded;
  private int size;

  private NearestHeap(int k, boolean excludes, long excluded) {
    if (k < 1) {
      throw new IllegalArgumentException("nearest rows: expected k of at least 1, found " + k);
    }
    ids = new long[k];
    distances = new double[k];
    this.excludes = excludes;
    this.excluded = excluded;
  }

  /** The k nearest; k at least 1. */
  public static NearestHeap of(int k) {
    return new NearestHeap(k, false, 0);
  }

  /** The k nearest other than the row with an id: a row is not its own neighbour. */
  public static NearestHeap excluding(int k, long id) {
    return new NearestHeap(k, true, id);
  }

  /** Takes a row if it belongs to the k nearest offered so far. */
  public void offer(long id, double distance) {
    if (!wants(distance) || excludes && id == excluded) {
      return;
    }
    boolean isFull = size == ids.length;
    if (isFull && !isBefore(distance, id, distances[0], ids[0]) || holds(id)) {
      return;
    }
    if (isFull) {
      siftDown(distance, id);
    } else {
      siftUp(distance, id);
    }
  }

  /** Whether a row at this distance can enter, its id permitting. */
  public boolean wants(double distance) {
    return distance <= threshold();
  }

  /** The distance of the k-th nearest so far; infinite while there are fewer. */
  public double threshold() {
    return size < ids.length ? Double.POSITIVE_INFINITY : distances[0];
  }

  /** Takes in what another heap of the same query holds. */
  public void merge(NearestHeap other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.ids[i], other.distances[i]);
    }
  }

  /** k. */
  public int capacity() {
    return ids.length;
  }

  /** Number of rows held, at most k. */
  public int size() {
    return size;
  }

  /** The ids of the nearest, nearest first. */
  public long[] ids() {
    return Arrays.stream(order()).mapToLong(i -> ids[i]).toArray();
  }

  /** The distances of the nearest, ascending: one for each of {@link #ids}. */
  public double[] distances() {
    return Arrays.stream(order()).mapToDouble(i -> distances[i]).toArray();
  }

  private int[] order() {
    return IntStream.range(0, size)
        .boxed()
        .sorted(
            (a, b) ->
                distances[a] != distances[b]
                    ? Double.compare(distances[a], distances[b])
                    : Long.compare(ids[a], ids[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private boolean holds(long id) {
    for (int i = 0; i < size; i++) {
      if (ids[i] == id) {
        return true;
      }
    }
    return false;
  }

  private void siftUp(double distance, long id) {
    int child = size++;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (!isBefore(distances[parent], ids[parent], distance, id)) {
        break;
      }
      distances[child] = distances[parent];
      ids[child] = ids[parent];
      child = parent;
    }
    distances[child] = distance;
    ids[child] = id;
  }

  /** Replaces the farthest, which stands at the root. */
  private void siftDown(double distance, long id) {
    int parent = 0;
    for (int child = 1; child < size; child = 2 * parent + 1) {
      if (child + 1 < size
          && isBefore(distances[child], ids[child], distances[child + 1], ids[child + 1])) {
        child++;
      }
      if (!isBefore(distance, id, distances[child], ids[child])) {
        break;
      }
      distances[parent] = distances[child];
      ids[parent] = ids[child];
      parent = child;
    }
    distances[parent] = distance;
    ids[parent] = id;
  }

  private static boolean isBefore(double distance, long id, double otherDistance, long otherId) {
    return distance < otherDistance || distance == otherDistance && id < otherId;
  }
}
