// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/**
 * A cache of columns of a few words each, by 64-bit feature id: buckets of two, the hotter feature
 * first.
 *
 * <p>The features of a run are looked up in sweeps of their own, so that the loads of all buckets
 * overlap: a large cache lies far from the core. Columns that are absent are made at the end, one
 * after the other. A new feature takes the second place of its bucket; one hit in four there makes
 * the two change places, so that what is seen once does not drive out what is seen often.
 *
 * <p>Memory: 8 (1 + words) bytes a slot; 1,024 slots at first, fourfold whenever misses since the
 * last growth come to twice the slots, up to 2<sup>18</sup> slots or 4 MB (but never less than four
 * slots). Beyond 256 KB it grows only if an eighth of the look-ups are hits: where nothing comes
 * again, near memory serves better. Not thread-safe; allocates nothing but these few times.
 */
final class HotColumns {
  private static final long MOST_BYTES = 4L << 20;
  private static final long NEAR_BYTES = 256L << 10;
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int LEAST_SLOTS = 4;
  private static final int GROWTH = 4;
  private static final int SWAPS = 3;
  // Data follow 16 bytes of header: in an array that begins with a cache line, no bucket of 32
  // bytes lies in two.
  private static final int ORIGIN = 2;
  // 2^64 over the golden ratio: Fibonacci hashing spreads runs of ids and hashed ids alike.
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** How a feature's column is made from its address. */
  @FunctionalInterface
  interface Law {
    /** Writes the words of one column. */
    void fill(long feature, long[] words, int at);
  }

  private final Law law;
  private final int words;
  private final int slotSize;
  private final int nearSlots;
  private final int mostSlots;
  private final int[] missed;
  private long[] table;
  private int slots;
  private int shift;
  private long lookups;
  private long misses;
  private int seconds;
  private long fetched;

  /**
   * An empty cache.
   *
   * @param words length of a column
   * @param longest how many features a run has at most
   */
  HotColumns(Law law, int words, int longest) {
    this.law = law;
    this.words = words;
    this.slotSize = 1 + words;
    this.nearSlots = slotsIn(NEAR_BYTES);
    this.mostSlots = slotsIn(MOST_BYTES);
    this.missed = new int[longest];
    allocate(Math.min(FIRST_SLOTS, mostSlots));
  }

  private int slotsIn(long bytes) {
    return (int) Long.highestOneBit(Math.max(LEAST_SLOTS, bytes / Long.BYTES / slotSize));
  }

  private void allocate(int count) {
    slots = count;
    shift = Long.numberOfLeadingZeros(count / 2) + 1;
    table = new long[ORIGIN + count * slotSize];
    // Empty slots hold 0, which is at home in the first bucket; there, what belongs in the last.
    table[ORIGIN] = -1;
    table[ORIGIN + slotSize] = -1;
    restart();
  }

  private void restart() {
    lookups = 0;
    misses = 0;
  }

  /**
   * Copies the columns of a run of features side by side.
   *
   * @param features distinct ids
   * @param from the first of the run
   * @param n how many
   * @param columns receives n columns
   */
  void copy(long[] features, int from, int n, long[] columns) {
    fetch(features, from, n);
    int absent = find(features, from, n, columns);
    lookups += n;
    if (absent > 0) {
      misses += absent;
      make(features, from, absent, columns);
      growIfItPays();
    }
  }

  /** Brings the buckets near; there is no other prefetch in Java than a load that is used. */
  private void fetch(long[] features, int from, int n) {
    long[] all = table;
    int toBucket = shift;
    int bucketSize = 2 * slotSize;
    long any = 0;
    for (int i = from; i < from + n; i++) {
      any |= all[ORIGIN + (int) (features[i] * GOLDEN >>> toBucket) * bucketSize];
    }
    fetched = any;
  }

  private int find(long[] features, int from, int n, long[] columns) {
    long[] all = table;
    int[] list = missed;
    int toBucket = shift;
    int bucketSize = 2 * slotSize;
    int absent = 0;
    for (int i = 0; i < n; i++) {
      long id = features[from + i] * GOLDEN;
      int slot = ORIGIN + (int) (id >>> toBucket) * bucketSize;
      if (all[slot] != id) {
        if (all[slot + slotSize] != id) {
          list[absent++] = i;
        } else if ((++seconds & SWAPS) == 0) {
          swap(slot);
        } else {
          slot += slotSize;
        }
      }
      copyColumn(all, slot + 1, columns, i * words);
    }
    return absent;
  }

  private void copyColumn(long[] from, int at, long[] to, int toAt) {
    if (words == 1) {
      to[toAt] = from[at];
    } else {
      System.arraycopy(from, at, to, toAt, words);
    }
  }

  private void swap(int slot) {
    for (int w = slot; w < slot + slotSize; w++) {
      long first = table[w];
      table[w] = table[w + slotSize];
      table[w + slotSize] = first;
    }
  }

  private void make(long[] features, int from, int absent, long[] columns) {
    for (int m = 0; m < absent; m++) {
      law.fill(features[from + missed[m]], columns, missed[m] * words);
    }
    for (int m = 0; m < absent; m++) {
      long id = features[from + missed[m]] * GOLDEN;
      int slot = ORIGIN + (int) (id >>> shift) * 2 * slotSize + slotSize;
      table[slot] = id;
      copyColumn(columns, missed[m] * words, table, slot + 1);
    }
  }

  private void growIfItPays() {
    if (slots == mostSlots || misses <= 2L * slots) {
      return;
    }
    if (slots < nearSlots || misses <= lookups - lookups / 8) {
      allocate(Math.min(mostSlots, GROWTH * slots));
    } else {
      restart();
    }
  }
}
