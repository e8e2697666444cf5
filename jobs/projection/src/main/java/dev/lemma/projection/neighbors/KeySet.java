// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A set of well mixed keys in an open hash table. */
final class KeySet {
  private final long[] slots;
  private final boolean[] used;

  private KeySet(int capacity) {
    slots = new long[capacity];
    used = new boolean[capacity];
  }

  /** All keys of some arrays. */
  static KeySet of(Iterator<long[]> parts) {
    List<long[]> all = new ArrayList<>();
    parts.forEachRemaining(all::add);
    int count = Math.toIntExact(all.stream().mapToLong(part -> part.length).sum());
    KeySet set = new KeySet(Integer.highestOneBit(Math.max(8, count)) << 2);
    for (long[] part : all) {
      for (long key : part) {
        int slot = set.slot(key);
        set.slots[slot] = key;
        set.used[slot] = true;
      }
    }
    return set;
  }

  boolean contains(long key) {
    return used[slot(key)];
  }

  /** Where a key is, or would be. */
  private int slot(long key) {
    int mask = slots.length - 1;
    int slot = (int) (key >>> 20) & mask;
    while (used[slot] && slots[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
