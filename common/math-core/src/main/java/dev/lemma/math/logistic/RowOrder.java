// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/** Brings the rows of a block with equal keys together, in the order in which they came. */
final class RowOrder {
  private final int[] ends;
  private final int[] rows;
  private final int[] keys;

  /**
   * Memory for one order.
   *
   * @param keyCount keys lie from 0 to keyCount - 1
   * @param capacity largest number of rows
   */
  RowOrder(int keyCount, int capacity) {
    this.ends = new int[keyCount + 1];
    this.rows = new int[capacity];
    this.keys = new int[capacity];
  }

  /** Sets the key of a row. */
  void key(int row, int key) {
    keys[row] = key;
  }

  /** The rows sorted by key; valid until the next call. Takes rows + keyCount steps. */
  int[] sorted(int size) {
    Arrays.fill(ends, 0);
    for (int r = 0; r < size; r++) {
      ends[keys[r] + 1]++;
    }
    for (int k = 1; k < ends.length; k++) {
      ends[k] += ends[k - 1];
    }
    for (int r = 0; r < size; r++) {
      rows[ends[keys[r]]++] = r;
    }
    return rows;
  }

  /** Where the run of equal keys that begins at this place of the sorted rows ends. */
  int runEnd(int from, int size) {
    int key = keys[rows[from]];
    int to = from + 1;
    while (to < size && keys[rows[to]] == key) {
      to++;
    }
    return to;
  }

  /** The key of the run that begins at this place of the sorted rows. */
  int keyAt(int place) {
    return keys[rows[place]];
  }
}
