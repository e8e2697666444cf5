// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Arrays;

/**
 * Sparse products by an inverted index of the tile: for each feature, the columns that have it. A
 * left row looks up each of its features once.
 */
final class SparseProducts implements Products {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int LEAST_SLOTS = 16;

  private final RowBlock left;
  private final RowBlock right;
  private final float[] sums = new float[COLUMNS];
  // Open addressing: a slot holds a feature and, plus 1, its place in the index; 0 where empty.
  private long[] features = new long[LEAST_SLOTS];
  private int[] places = new int[LEAST_SLOTS];
  private int shift;
  // Columns and values of place f: entries starts[f] to starts[f + 1].
  private int[] starts = new int[LEAST_SLOTS];
  private int[] columns = new int[LEAST_SLOTS];
  private float[] values = new float[LEAST_SLOTS];
  private int[] entryPlaces = new int[LEAST_SLOTS];

  SparseProducts(RowBlock left, RowBlock right) {
    this.left = left;
    this.right = right;
  }

  @Override
  public int load(int from) {
    int count = Math.min(COLUMNS, right.size() - from);
    int begin = right.start(from);
    int entries = right.start(from + count) - begin;
    reserve(entries);
    int distinct = 0;
    for (int e = 0; e < entries; e++) {
      int slot = slot(right.id(begin + e));
      if (places[slot] == 0) {
        features[slot] = right.id(begin + e);
        places[slot] = ++distinct;
      }
      entryPlaces[e] = places[slot] - 1;
      starts[entryPlaces[e] + 1]++;
    }
    for (int f = 0; f < distinct; f++) {
      starts[f + 1] += starts[f];
    }
    // Filled from the back, so that starts ends where it should: backwards, columns ascend.
    int[] ends = Arrays.copyOfRange(starts, 1, distinct + 1);
    for (int c = count - 1; c >= 0; c--) {
      for (int e = right.start(from + c + 1) - 1; e >= right.start(from + c); e--) {
        int place = --ends[entryPlaces[e - begin]];
        columns[place] = c;
        values[place] = right.values()[e];
      }
    }
    return count;
  }

  @Override
  public float[] row(int i) {
    Arrays.fill(sums, 0);
    float[] x = left.values();
    for (int e = left.start(i); e < left.start(i + 1); e++) {
      int place = places[slot(left.id(e))];
      if (place > 0) {
        for (int p = starts[place - 1]; p < starts[place]; p++) {
          sums[columns[p]] += x[e] * values[p];
        }
      }
    }
    return sums;
  }

  private void reserve(int entries) {
    int slots = Integer.highestOneBit(Math.max(LEAST_SLOTS, entries)) << 2;
    if (features.length < slots) {
      features = new long[slots];
      places = new int[slots];
    } else {
      Arrays.fill(places, 0);
    }
    shift = Long.SIZE - Integer.numberOfTrailingZeros(features.length);
    if (starts.length < entries + 1) {
      starts = new int[entries + 1];
      columns = new int[entries];
      values = new float[entries];
      entryPlaces = new int[entries];
    } else {
      Arrays.fill(starts, 0);
    }
  }

  /** The slot of a feature: its own, or the empty one where it would go. */
  private int slot(long feature) {
    int slot = (int) (feature * GOLDEN >>> shift);
    while (places[slot] != 0 && features[slot] != feature) {
      slot = (slot + 1) & (features.length - 1);
    }
    return slot;
  }
}
