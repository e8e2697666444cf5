// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

/**
 * Places of equal keys brought together, by an open hash table and a counting sort: O(n), 24 bytes
 * and more for each key.
 */
final class KeyGroups {
  private final long[] keys;
  private final int[] groupOf;
  private final int[] starts;
  private final int[] places;
  private final int groups;

  private KeyGroups(long[] keys, int count) {
    this.keys = keys;
    groupOf = new int[count];
    int capacity = Integer.highestOneBit(Math.max(16, 2 * count)) << 1;
    long[] slots = new long[capacity];
    int[] group = new int[capacity];
    int found = 0;
    int mask = capacity - 1;
    for (int r = 0; r < count; r++) {
      int slot = (int) (keys[r] >>> 20) & mask;
      while (group[slot] != 0 && slots[slot] != keys[r]) {
        slot = (slot + 1) & mask;
      }
      if (group[slot] == 0) {
        slots[slot] = keys[r];
        group[slot] = ++found;
      }
      groupOf[r] = group[slot] - 1;
    }
    groups = found;
    starts = new int[groups + 1];
    for (int r = 0; r < count; r++) {
      starts[groupOf[r] + 1]++;
    }
    for (int g = 0; g < groups; g++) {
      starts[g + 1] += starts[g];
    }
    int[] next = java.util.Arrays.copyOf(starts, groups);
    places = new int[count];
    for (int r = 0; r < count; r++) {
      places[next[groupOf[r]]++] = r;
    }
  }

  /**
   * Groups the first keys of an array.
   *
   * @param keys well mixed; kept, not copied
   * @param count how many
   */
  static KeyGroups of(long[] keys, int count) {
    return new KeyGroups(keys, count);
  }

  /** Number of different keys. */
  int groups() {
    return groups;
  }

  /** Where a group begins among {@link #place}; that of the number of groups ends the last. */
  int start(int group) {
    return starts[group];
  }

  /** Place of a key in the array, group after group, ascending inside each. */
  int place(int at) {
    return places[at];
  }

  /** The key of a group. */
  long key(int group) {
    return keys[places[starts[group]]];
  }
}
