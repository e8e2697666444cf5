// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of points with their distances, as arrays: what crosses the network is 24 bytes a pair.
 *
 * @param left number of the one point; in a self join the smaller
 * @param right number of the other
 * @param distance of the two
 */
@DefaultSerializer(JavaSerializer.class)
record PairChunk(long[] left, long[] right, double[] distance) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LARGEST = 8192;

  int size() {
    return left.length;
  }

  /** Collects pairs into chunks. */
  static final class Collector {
    private final List<PairChunk> full = new ArrayList<>();
    private final long[] left = new long[LARGEST];
    private final long[] right = new long[LARGEST];
    private final double[] distance = new double[LARGEST];
    private int size;

    void add(long one, long other, double apart) {
      left[size] = one;
      right[size] = other;
      distance[size++] = apart;
      if (size == LARGEST) {
        flush();
      }
    }

    /** As {@link #add} with the smaller number first. */
    void addOrdered(long one, long other, double apart) {
      add(Math.min(one, other), Math.max(one, other), apart);
    }

    List<PairChunk> chunks() {
      flush();
      return full;
    }

    private void flush() {
      if (size > 0) {
        full.add(
            new PairChunk(
                java.util.Arrays.copyOf(left, size),
                java.util.Arrays.copyOf(right, size),
                java.util.Arrays.copyOf(distance, size)));
        size = 0;
      }
    }
  }
}
