// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/** Numbers behind one another, as many as come. */
final class LongList {
  private long[] values = new long[64];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
    }
    values[size++] = value;
  }

  /** A pair: one behind the other. */
  void add(long one, long other) {
    add(one);
    add(other);
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /** The lists with their places, for a shuffle; null stands for an empty one. */
  static Iterator<Tuple2<Integer, long[]>> byPlace(LongList[] lists) {
    List<Tuple2<Integer, long[]>> chunks = new ArrayList<>();
    for (int place = 0; place < lists.length; place++) {
      if (lists[place] != null) {
        chunks.add(new Tuple2<>(place, lists[place].toArray()));
      }
    }
    return chunks.iterator();
  }
}
