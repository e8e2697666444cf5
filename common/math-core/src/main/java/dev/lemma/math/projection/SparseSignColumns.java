// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * The columns of the sparse-sign family, zeta entries each, made from their addresses and cached
 * for hot features: direct-mapped by the 64-bit id.
 *
 * <p>An entry is one int, the output in its lower 31 bits and the sign in its highest, so that the
 * sign of a value is flipped without a branch: half of all signs would be predicted wrongly.
 *
 * <p>Memory: 8 + 4 zeta bytes a slot; 1,024 slots at first, fourfold whenever misses come to twice
 * the slots, up to 2<sup>18</sup> or 16 MB: 6 MB with zeta = 4. Not thread-safe; allocates nothing
 * but these few times.
 */
final class SparseSignColumns {
  private static final long CACHE_BYTES = 16L << 20;
  private static final int MOST_SLOTS = 1 << 18;
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int GROWTH = 4;

  private final StreamKey key;
  private final int zeta;
  private final int[] starts;
  private final int mostSlots;
  private final long[] words = new long[Philox4x64.WORDS];
  private int mask;
  private int misses;
  private long[] ids;
  private int[] entries;

  /**
   * The columns of a matrix with k rows.
   *
   * @param zeta entries of a column, 1 to k
   */
  SparseSignColumns(StreamKey key, int k, int zeta) {
    this.key = key;
    this.zeta = zeta;
    this.starts = new int[zeta + 1];
    for (int b = 0; b <= zeta; b++) {
      starts[b] = (int) ((long) b * k / zeta);
    }
    long fitting = CACHE_BYTES / (Long.BYTES + (long) Integer.BYTES * zeta);
    this.mostSlots = (int) Long.highestOneBit(Math.max(2, Math.min(MOST_SLOTS, fitting)));
    allocate(Math.min(FIRST_SLOTS, mostSlots));
  }

  private void allocate(int slots) {
    misses = 0;
    mask = slots - 1;
    ids = new long[slots];
    entries = new int[slots * zeta];
    // An empty slot holds an id that belongs elsewhere: 0, and where 0 belongs, another.
    int home = HotSlot.of(0, mask);
    long stranger = 1;
    while (HotSlot.of(stranger, mask) == home) {
      stranger++;
    }
    ids[home] = stranger;
  }

  /** Number of outputs in a block of them. */
  int blockSize(int block) {
    return starts[block + 1] - starts[block];
  }

  /** Where the column of a feature begins in the entries; valid until the next is asked for. */
  private int find(long feature) {
    int slot = HotSlot.of(feature, mask);
    return ids[slot] == feature ? slot * zeta : miss(feature);
  }

  private int miss(long feature) {
    if (mask + 1 < mostSlots && ++misses > 2 * mask) {
      allocate(Math.min(mostSlots, GROWTH * (mask + 1)));
    }
    int slot = HotSlot.of(feature, mask);
    fill(feature, slot * zeta);
    ids[slot] = feature;
    return slot * zeta;
  }

  private void fill(long feature, int at) {
    long[] w = words;
    for (int b = 0; b < zeta; b += w.length) {
      key.block(feature, b / w.length, 0, 0, w);
      int end = Math.min(w.length, zeta - b);
      for (int i = 0; i < end; i++) {
        int size = starts[b + i + 1] - starts[b + i];
        int output = starts[b + i] + Variates.position(w[i] >>> 32, size);
        entries[at + b + i] = output | (int) w[i] << 31;
      }
    }
  }

  /** Adds the columns of a row, each times its value, to k sums. */
  void add(SparseRow row, float[] sums) {
    long[] features = row.ids();
    double[] values = row.values();
    int size = row.size();
    for (int i = 0; i < size; i++) {
      float x = (float) values[i];
      if (x != 0) {
        int bits = Float.floatToRawIntBits(x);
        int at = find(features[i]);
        int[] all = entries;
        for (int e = at; e < at + zeta; e++) {
          int entry = all[e];
          sums[entry & Integer.MAX_VALUE] += Float.intBitsToFloat(bits ^ entry & Integer.MIN_VALUE);
        }
      }
    }
  }

  /** The twin of {@link #add(SparseRow, float[])} in binary64. */
  void add(SparseRow row, double[] sums) {
    long[] features = row.ids();
    double[] values = row.values();
    int size = row.size();
    for (int i = 0; i < size; i++) {
      double x = values[i];
      if (x != 0) {
        long bits = Double.doubleToRawLongBits(x);
        int at = find(features[i]);
        int[] all = entries;
        for (int e = at; e < at + zeta; e++) {
          int entry = all[e];
          sums[entry & Integer.MAX_VALUE] +=
              Double.longBitsToDouble(bits ^ (long) entry << 32 & Long.MIN_VALUE);
        }
      }
    }
  }

  /** R'y of a feature, before the scale: its signed outputs added up block by block. */
  float transposed(long feature, float[] projected) {
    int at = find(feature);
    float sum = 0;
    for (int e = at; e < at + zeta; e++) {
      int entry = entries[e];
      float y = projected[entry & Integer.MAX_VALUE];
      sum += entry >= 0 ? y : -y;
    }
    return sum;
  }

  /** The twin of {@link #transposed(long, float[])} in binary64. */
  double transposed(long feature, double[] projected) {
    int at = find(feature);
    double sum = 0;
    for (int e = at; e < at + zeta; e++) {
      int entry = entries[e];
      double y = projected[entry & Integer.MAX_VALUE];
      sum += entry >= 0 ? y : -y;
    }
    return sum;
  }
}
