// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/**
 * A cache of columns of a few words each, by 64-bit feature id. Each set of it has a near place, in
 * a table that stays close to the core, and four far places.
 *
 * <p>A run of features is first looked up in the near table, without a branch: whether a word of a
 * text is there is as hard to foretell as the text. Those that are not are looked up in the far
 * one, whose loads overlap since all are begun before any is used. Columns that are absent are made
 * at the end, one after the other. A new feature takes an empty place of its set, else the last far
 * one. In each run one of the features that were found far changes places with the one that is a
 * step nearer, so that what is seen often is near, and what is seen seldom does not drive it out.
 *
 * <p>Memory: 40 (1 + words) bytes a set; 256 sets at first, fourfold whenever misses since the last
 * growth come to twice the places, up to 2<sup>16</sup> sets or 6 MB (but never less than two
 * sets). Beyond 320 KB it grows only if half of the look-ups are hits: where little comes again,
 * making a column costs less than finding it far away. Not thread-safe; allocates nothing but these
 * few times.
 */
final class HotColumns {
  private static final long MOST_BYTES = 6L << 20;
  private static final long MODEST_BYTES = 320L << 10;
  private static final int FIRST_SETS = 1 << 8;
  private static final int LEAST_SETS = 2;
  private static final int GROWTH = 4;
  // The ids of four columns of one word and the columns themselves fill a cache line.
  private static final int WAYS = 4;
  // Data follow 16 bytes of header: in an array that begins with a cache line, so does a set.
  private static final int ORIGIN = 6;
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
  private final int nearSize;
  private final int farSize;
  private final int modestSets;
  private final int mostSets;
  private final int[] listed;
  // Place s: an id and its column.
  private long[] near;
  // Set s: four ids, then their columns.
  private long[] far;
  private int sets;
  private int shift;
  private long lookups;
  private long misses;
  private int turn;
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
    this.nearSize = 1 + words;
    this.farSize = WAYS * nearSize;
    this.modestSets = setsIn(MODEST_BYTES);
    this.mostSets = setsIn(MOST_BYTES);
    this.listed = new int[2 * Integer.highestOneBit(longest)];
    allocate(Math.min(FIRST_SETS, mostSets));
  }

  private int setsIn(long bytes) {
    return (int)
        Long.highestOneBit(Math.max(LEAST_SETS, bytes / Long.BYTES / (nearSize + farSize)));
  }

  private void allocate(int count) {
    sets = count;
    shift = Long.numberOfLeadingZeros(count) + 1;
    near = new long[count * nearSize];
    far = new long[ORIGIN + count * farSize];
    // Empty places hold 0, which is at home in the first set; there, what belongs in the last.
    near[0] = -1;
    for (int way = 0; way < WAYS; way++) {
      far[ORIGIN + way] = -1;
    }
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
    lookups += n;
    int distant = findNear(features, from, n, columns);
    if (distant > 0) {
      long chosen = features[from + listed[(turn++ & Integer.MAX_VALUE) % distant]];
      fetch(features, from, distant);
      int absent = findFar(features, from, distant, columns);
      bringNearer(chosen * GOLDEN);
      if (absent > 0) {
        misses += absent;
        make(features, from, absent, columns);
        growIfItPays();
      }
    }
  }

  /** Lists those that are not there. */
  private int findNear(long[] features, int from, int n, long[] columns) {
    return words == 1
        ? findNearWords(features, from, n, columns)
        : findNearColumns(features, from, n, columns);
  }

  /** Lengths are powers of two: masked by them, an index needs no check that it is inside. */
  private int findNearWords(long[] features, int from, int n, long[] columns) {
    long[] all = near;
    int[] list = listed;
    int toSet = shift;
    int count = 0;
    for (int i = 0; i < n; i++) {
      long id = features[from + i] * GOLDEN;
      int place = 2 * (int) (id >>> toSet);
      columns[i] = all[place + 1 & all.length - 1];
      list[count & list.length - 1] = i;
      count += 1 - same(all[place & all.length - 1], id);
    }
    return count;
  }

  private int findNearColumns(long[] features, int from, int n, long[] columns) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      long id = features[from + i] * GOLDEN;
      int place = (int) (id >>> shift) * nearSize;
      System.arraycopy(near, place + 1, columns, i * words, words);
      listed[count] = i;
      count += 1 - same(near[place], id);
    }
    return count;
  }

  /** Brings the sets near; there is no other prefetch in Java than a load that is used. */
  private void fetch(long[] features, int from, int n) {
    long[] all = far;
    int[] list = listed;
    int toSet = shift;
    int size = farSize;
    long any = 0;
    for (int m = 0; m < n; m++) {
      any |= all[ORIGIN + (int) (features[from + list[m]] * GOLDEN >>> toSet) * size];
    }
    fetched = any;
  }

  /** Of those listed lists again which are not there. */
  private int findFar(long[] features, int from, int n, long[] columns) {
    long[] all = far;
    int[] list = listed;
    int toSet = shift;
    int count = 0;
    for (int m = 0; m < n; m++) {
      int i = list[m];
      long id = features[from + i] * GOLDEN;
      int set = ORIGIN + (int) (id >>> toSet) * farSize;
      int first = same(all[set], id);
      int second = same(all[set + 1], id);
      int third = same(all[set + 2], id);
      int fourth = same(all[set + 3], id);
      int way = second + 2 * third + 3 * fourth;
      copyColumn(all, set + WAYS + way * words, columns, i * words);
      list[count] = i;
      count += 1 - (first + second + third + fourth);
    }
    return count;
  }

  /** 1 if they are equal, else 0, without a branch. */
  private static int same(long a, long b) {
    return Long.numberOfLeadingZeros(a ^ b) >>> 6;
  }

  private void copyColumn(long[] from, int at, long[] to, int toAt) {
    if (words == 1) {
      to[toAt] = from[at];
    } else {
      System.arraycopy(from, at, to, toAt, words);
    }
  }

  /** A feature that is far changes places with the one that is a step nearer. */
  private void bringNearer(long id) {
    int set = (int) (id >>> shift);
    int ids = ORIGIN + set * farSize;
    int way = 0;
    while (way < WAYS && far[ids + way] != id) {
      way++;
    }
    int column = ids + WAYS + way * words;
    if (way == 0) {
      int place = set * nearSize;
      swap(near, place, place + 1, ids, column);
    } else if (way < WAYS) {
      swap(far, ids + way - 1, column - words, ids + way, column);
    }
  }

  private void swap(long[] nearer, int nearId, int nearColumn, int farId, int farColumn) {
    long id = nearer[nearId];
    nearer[nearId] = far[farId];
    far[farId] = id;
    for (int w = 0; w < words; w++) {
      long word = nearer[nearColumn + w];
      nearer[nearColumn + w] = far[farColumn + w];
      far[farColumn + w] = word;
    }
  }

  private void make(long[] features, int from, int absent, long[] columns) {
    for (int m = 0; m < absent; m++) {
      law.fill(features[from + listed[m]], columns, listed[m] * words);
    }
    for (int m = 0; m < absent; m++) {
      store(features[from + listed[m]] * GOLDEN, columns, listed[m] * words);
    }
  }

  private void store(long id, long[] columns, int at) {
    int set = (int) (id >>> shift);
    int place = set * nearSize;
    if (isEmpty(near[place], set)) {
      near[place] = id;
      copyColumn(columns, at, near, place + 1);
      return;
    }
    int ids = ORIGIN + set * farSize;
    int way = 0;
    while (way < WAYS - 1 && !isEmpty(far[ids + way], set)) {
      way++;
    }
    far[ids + way] = id;
    copyColumn(columns, at, far, ids + WAYS + way * words);
  }

  private boolean isEmpty(long id, int set) {
    return (int) (id >>> shift) != set;
  }

  private void growIfItPays() {
    if (sets == mostSets || misses <= 2L * sets * (1 + WAYS)) {
      return;
    }
    if (sets < modestSets || misses <= lookups / 2) {
      allocate(Math.min(mostSets, GROWTH * sets));
    } else {
      restart();
    }
  }
}
