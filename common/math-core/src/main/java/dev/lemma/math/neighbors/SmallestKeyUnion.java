// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Arrays;

/**
 * The groups that pairs of keys join, each named by its smallest key: connected components of the
 * edges seen so far. The building block of components over many machines, where each reduces its
 * own edges to one for each key.
 *
 * <p>Keys are any longs, in signed order. The smallest key of a group is its root; a look-up halves
 * the path that it follows: O(log n) amortised. 40 bytes a key at most. Not thread-safe.
 */
public final class SmallestKeyUnion {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int LEAST_SLOTS = 16;

  /** Takes keys with the names of their groups. */
  @FunctionalInterface
  public interface Sink {
    /**
     * One key.
     *
     * @param key any key that was added
     * @param smallest the smallest key of its group
     */
    void accept(long key, long smallest);
  }

  private long[] keys = new long[LEAST_SLOTS / 2];
  private int[] parents = new int[LEAST_SLOTS / 2];
  // Open addressing: place of a key, plus 1; 0 where empty.
  private int[] slots = new int[LEAST_SLOTS];
  private int size;

  /** Adds a key, alone in its group unless it is known. */
  public void add(long key) {
    place(key);
  }

  /** Joins the groups of two keys, adding them where they are new. */
  public void union(long a, long b) {
    int first = root(place(a));
    int second = root(place(b));
    if (keys[first] < keys[second]) {
      parents[second] = first;
    } else {
      parents[first] = second;
    }
  }

  /** The smallest key of a key's group; the key itself where it is unknown. */
  public long smallest(long key) {
    int known = slots[slot(key)];
    return known == 0 ? key : keys[root(known - 1)];
  }

  /** Number of keys. */
  public int size() {
    return size;
  }

  /** Hands out every key with the smallest of its group, in the order in which keys were added. */
  public void forEach(Sink sink) {
    for (int i = 0; i < size; i++) {
      sink.accept(keys[i], keys[root(i)]);
    }
  }

  private int root(int place) {
    int at = place;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  private int place(long key) {
    int slot = slot(key);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == keys.length) {
      grow();
      slot = slot(key);
    }
    keys[size] = key;
    parents[size] = size;
    slots[slot] = ++size;
    return size - 1;
  }

  private void grow() {
    int capacity = Math.multiplyExact(size, 2);
    keys = Arrays.copyOf(keys, capacity);
    parents = Arrays.copyOf(parents, capacity);
    slots = new int[Math.multiplyExact(capacity, 2)];
    for (int i = 0; i < size; i++) {
      slots[slot(keys[i])] = i + 1;
    }
  }

  private int slot(long key) {
    int slot = (int) (key * GOLDEN >>> (Long.SIZE - Integer.numberOfTrailingZeros(slots.length)));
    while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
