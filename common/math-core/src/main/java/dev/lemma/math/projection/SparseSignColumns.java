// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * The columns of the sparse-sign family, zeta entries each, made from their addresses and cached
 * for hot features: in buckets of two, by the 64-bit id.
 *
 * <p>An entry is one int, the output in its lower 31 bits and the sign in its highest, so that the
 * sign of a value is flipped without a branch: half of all signs would be predicted wrongly.
 *
 * <p>Memory: 8 + 4 zeta bytes a slot; 1,024 slots at first, fourfold whenever misses come to twice
 * the slots, up to 2<sup>15</sup> or 4 MB: 786 KB with zeta = 4, within the core's own cache. Not
 * thread-safe; allocates nothing but these few times.
 */
final class SparseSignColumns {
  private static final long CACHE_BYTES = 4L << 20;
  private static final int MOST_SLOTS = 1 << 15;
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int GROWTH = 4;
  private static final int OUTPUT = Integer.MAX_VALUE;

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
    this.mostSlots = (int) Long.highestOneBit(Math.max(4, Math.min(MOST_SLOTS, fitting)));
    allocate(Math.min(FIRST_SLOTS, mostSlots));
  }

  private void allocate(int slots) {
    misses = 0;
    mask = slots / 2 - 1;
    ids = new long[slots];
    entries = new int[slots * zeta];
    // An empty slot holds an id that belongs elsewhere: 0, and where 0 belongs, another.
    int home = 2 * HotSlot.of(0, mask);
    long stranger = 1;
    while (2 * HotSlot.of(stranger, mask) == home) {
      stranger++;
    }
    ids[home] = stranger;
    ids[home + 1] = stranger;
  }

  /** Number of outputs in a block of them. */
  int blockSize(int block) {
    return starts[block + 1] - starts[block];
  }

  /** The slot of a feature's column; valid until the next is asked for. */
  private int find(long feature) {
    int slot = 2 * HotSlot.of(feature, mask);
    if (ids[slot] == feature) {
      return slot;
    }
    return ids[slot + 1] == feature ? slot + 1 : miss(feature);
  }

  private int miss(long feature) {
    misses++;
    if (ids.length < mostSlots && misses > 2 * ids.length) {
      allocate(Math.min(mostSlots, GROWTH * ids.length));
    }
    // Either of the two has to go; their number is as good as chance.
    int slot = 2 * HotSlot.of(feature, mask) + (misses & 1);
    fill(feature, slot * zeta);
    ids[slot] = feature;
    return slot;
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
    // A loop over four entries would cost more than the additions.
    boolean four = zeta == 4;
    for (int i = 0; i < size; i++) {
      float x = (float) values[i];
      if (x != 0) {
        int slot = find(features[i]);
        if (four) {
          addFour(x, entries, 4 * slot, sums);
        } else {
          addAll(x, entries, zeta * slot, sums);
        }
      }
    }
  }

  private void addAll(float x, int[] all, int at, float[] sums) {
    int e = at;
    for (; e + 4 <= at + zeta; e += 4) {
      addFour(x, all, e, sums);
    }
    for (; e < at + zeta; e++) {
      sums[all[e] & OUTPUT] += signed(x, all[e]);
    }
  }

  /** The outputs differ, each being in a block of its own: all are read before any is written. */
  private static void addFour(float x, int[] all, int at, float[] sums) {
    int e0 = all[at];
    int e1 = all[at + 1];
    int e2 = all[at + 2];
    int e3 = all[at + 3];
    float y0 = sums[e0 & OUTPUT] + signed(x, e0);
    float y1 = sums[e1 & OUTPUT] + signed(x, e1);
    float y2 = sums[e2 & OUTPUT] + signed(x, e2);
    float y3 = sums[e3 & OUTPUT] + signed(x, e3);
    sums[e0 & OUTPUT] = y0;
    sums[e1 & OUTPUT] = y1;
    sums[e2 & OUTPUT] = y2;
    sums[e3 & OUTPUT] = y3;
  }

  /** The twin of {@link #add(SparseRow, float[])} in binary64. */
  void add(SparseRow row, double[] sums) {
    long[] features = row.ids();
    double[] values = row.values();
    int size = row.size();
    // A loop over four entries would cost more than the additions.
    boolean four = zeta == 4;
    for (int i = 0; i < size; i++) {
      double x = values[i];
      if (x != 0) {
        int slot = find(features[i]);
        if (four) {
          addFour(x, entries, 4 * slot, sums);
        } else {
          addAll(x, entries, zeta * slot, sums);
        }
      }
    }
  }

  private void addAll(double x, int[] all, int at, double[] sums) {
    int e = at;
    for (; e + 4 <= at + zeta; e += 4) {
      addFour(x, all, e, sums);
    }
    for (; e < at + zeta; e++) {
      sums[all[e] & OUTPUT] += signed(x, all[e]);
    }
  }

  /** The outputs differ, each being in a block of its own: all are read before any is written. */
  private static void addFour(double x, int[] all, int at, double[] sums) {
    int e0 = all[at];
    int e1 = all[at + 1];
    int e2 = all[at + 2];
    int e3 = all[at + 3];
    double y0 = sums[e0 & OUTPUT] + signed(x, e0);
    double y1 = sums[e1 & OUTPUT] + signed(x, e1);
    double y2 = sums[e2 & OUTPUT] + signed(x, e2);
    double y3 = sums[e3 & OUTPUT] + signed(x, e3);
    sums[e0 & OUTPUT] = y0;
    sums[e1 & OUTPUT] = y1;
    sums[e2 & OUTPUT] = y2;
    sums[e3 & OUTPUT] = y3;
  }

  private static float signed(float x, int entry) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ entry & ~OUTPUT);
  }

  private static double signed(double x, int entry) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ (long) (entry & ~OUTPUT) << 32);
  }

  /** R'y of a feature, before the scale: its signed outputs added up block by block. */
  float transposed(long feature, float[] projected) {
    int at = zeta * find(feature);
    float sum = 0;
    for (int e = at; e < at + zeta; e++) {
      int entry = entries[e];
      float y = projected[entry & OUTPUT];
      sum += entry >= 0 ? y : -y;
    }
    return sum;
  }

  /** The twin of {@link #transposed(long, float[])} in binary64. */
  double transposed(long feature, double[] projected) {
    int at = zeta * find(feature);
    double sum = 0;
    for (int e = at; e < at + zeta; e++) {
      int entry = entries[e];
      double y = projected[entry & OUTPUT];
      sum += entry >= 0 ? y : -y;
    }
    return sum;
  }
}
