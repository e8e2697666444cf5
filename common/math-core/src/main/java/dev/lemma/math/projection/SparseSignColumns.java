// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * The columns of the sparse-sign family, zeta entries each, made from their addresses and cached
 * for hot features: direct-mapped by the 64-bit id, of fixed size.
 *
 * <p>An entry is one int, the output in its lower 31 bits and the sign in its highest, so that the
 * sign of a value is flipped without a branch: half of all signs would be predicted wrongly.
 *
 * <p>Memory: 8 + 4 zeta bytes for each of 2<sup>17</sup> slots, or of as many as fit into 16 MB: 3
 * MB with zeta = 4. Not thread-safe; allocates nothing.
 */
final class SparseSignColumns {
  private static final long CACHE_BYTES = 16L << 20;
  private static final int MOST_SLOTS = 1 << 17;

  private final StreamKey key;
  private final int zeta;
  private final int[] starts;
  private final int mask;
  private final long[] ids;
  private final int[] entries;
  private final long[] words = new long[Philox4x64.WORDS];

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
    int slots = (int) Long.highestOneBit(Math.max(2, Math.min(MOST_SLOTS, fitting)));
    this.mask = slots - 1;
    this.ids = new long[slots];
    this.entries = new int[slots * zeta];
    // Empty slots hold an id that belongs elsewhere: 0 everywhere but where 0 belongs.
    ids[HotSlot.of(0, mask)] = strangerTo(HotSlot.of(0, mask));
  }

  private long strangerTo(int slot) {
    long id = 1;
    while (HotSlot.of(id, mask) == slot) {
      id++;
    }
    return id;
  }

  /** Number of outputs in a block of them. */
  int blockSize(int block) {
    return starts[block + 1] - starts[block];
  }

  /**
   * Where the column of a feature begins in {@link #entries}; valid until the next is asked for.
   */
  int find(long feature) {
    int slot = HotSlot.of(feature, mask);
    if (ids[slot] != feature) {
      fill(feature, slot * zeta);
      ids[slot] = feature;
    }
    return slot * zeta;
  }

  /** All cached entries: an output, and the sign in the highest bit. Read only. */
  int[] entries() {
    return entries;
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
        for (int e = at; e < at + zeta; e++) {
          int entry = entries[e];
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
        for (int e = at; e < at + zeta; e++) {
          int entry = entries[e];
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
