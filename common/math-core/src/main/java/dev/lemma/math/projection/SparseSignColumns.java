// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * The columns of the sparse-sign family, zeta entries each, made from their addresses and kept for
 * hot features ({@link HotColumns}).
 *
 * <p>An entry is a lane of a word, the output in its lower bits and the sign in its highest, so
 * that the sign of a value is flipped without a branch: half of all signs would be predicted
 * wrongly. Lanes have 16 bits, or 32 where k exceeds 32,768.
 *
 * <p>Memory: that of the cache, 6 MB at most; not thread-safe.
 */
final class SparseSignColumns {
  private static final int NARROW_LANE = 16;
  private static final int WIDE_LANE = 32;
  private static final int NARROW_OUTPUTS = 1 << NARROW_LANE - 1;
  private static final int MOST_AT_ONCE = 128;
  private static final int OUTPUT = Integer.MAX_VALUE;
  private static final int SIGN = Integer.MIN_VALUE;

  private final StreamKey key;
  private final int zeta;
  private final int[] starts;
  private final int lane;
  private final int laneBits;
  private final boolean fourNarrow;
  private final int words;
  private final HotColumns cache;
  private final long[] columns;
  private final long[] random = new long[Philox4x64.WORDS];
  private final long[] run;
  private final float[] narrowed;

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
    this.lane = k <= NARROW_OUTPUTS ? NARROW_LANE : WIDE_LANE;
    this.laneBits = Integer.numberOfTrailingZeros(Long.SIZE / lane);
    this.fourNarrow = zeta == 4 && lane == NARROW_LANE;
    this.words = (zeta - 1 >>> laneBits) + 1;
    this.run = new long[Math.max(1, MOST_AT_ONCE / words)];
    this.narrowed = new float[run.length];
    this.columns = new long[run.length * words];
    this.cache = new HotColumns(this::fill, words, run.length);
  }

  /** Number of outputs in a block of them. */
  int blockSize(int block) {
    return starts[block + 1] - starts[block];
  }

  private void fill(long feature, long[] to, int at) {
    if (fourNarrow) {
      key.block(feature, 0, 0, 0, random);
      to[at] = narrowEntry(0) | narrowEntry(1) << 16 | narrowEntry(2) << 32 | narrowEntry(3) << 48;
    } else {
      fillAny(feature, to, at);
    }
  }

  private long narrowEntry(int b) {
    int size = starts[b + 1] - starts[b];
    return starts[b] + Variates.position(random[b] >>> 32, size) | (random[b] & 1) << 15;
  }

  private void fillAny(long feature, long[] to, int at) {
    long[] w = random;
    for (int block = 0; block < zeta; block += Philox4x64.WORDS) {
      key.block(feature, block / Philox4x64.WORDS, 0, 0, w);
      int end = Math.min(Philox4x64.WORDS, zeta - block);
      for (int i = 0; i < end; i++) {
        int b = block + i;
        long output = starts[b] + Variates.position(w[i] >>> 32, starts[b + 1] - starts[b]);
        long entry = output | (w[i] & 1) << lane - 1;
        int word = at + (b >>> laneBits);
        int place = b & (1 << laneBits) - 1;
        to[word] = place == 0 ? entry : to[word] | entry << place * lane;
      }
    }
  }

  /** Adds the columns of a row, each times its value, to k sums. */
  void add(SparseRow row, float[] sums) {
    long[] features = row.ids();
    double[] values = row.values();
    int size = row.size();
    for (int from = 0; from < size; from += run.length) {
      int n = Math.min(run.length, size - from);
      cache.copy(features, from, n, columns);
      if (fourNarrow) {
        addFour(values, from, n, sums);
      } else {
        addAll(values, from, n, sums);
      }
    }
  }

  /** The outputs of a column differ: all are read before any is written. */
  private void addFour(double[] values, int from, int n, float[] sums) {
    long[] all = columns;
    float[] singles = narrowed;
    // In a loop of its own: inside the other it took 2 ns an entry more, as if it waited for sums.
    for (int i = 0; i < n; i++) {
      singles[i] = (float) values[from + i];
    }
    for (int i = 0; i < n; i++) {
      int x = Float.floatToRawIntBits(singles[i]);
      long c = all[i];
      int c0 = (int) c & 0x7FFF;
      int c1 = (int) (c >>> 16) & 0x7FFF;
      int c2 = (int) (c >>> 32) & 0x7FFF;
      int c3 = (int) (c >>> 48) & 0x7FFF;
      float y0 = sums[c0] + Float.intBitsToFloat(x ^ (int) c << 16 & SIGN);
      float y1 = sums[c1] + Float.intBitsToFloat(x ^ (int) c & SIGN);
      float y2 = sums[c2] + Float.intBitsToFloat(x ^ (int) (c >>> 16) & SIGN);
      float y3 = sums[c3] + Float.intBitsToFloat(x ^ (int) (c >>> 32) & SIGN);
      sums[c0] = y0;
      sums[c1] = y1;
      sums[c2] = y2;
      sums[c3] = y3;
    }
  }

  private void addAll(double[] values, int from, int n, float[] sums) {
    for (int i = 0; i < n; i++) {
      float x = (float) values[from + i];
      for (int b = 0; b < zeta; b++) {
        int entry = entry(i, b);
        sums[entry & OUTPUT] += signed(x, entry);
      }
    }
  }

  /** The twin of {@link #add(SparseRow, float[])} in binary64. */
  void add(SparseRow row, double[] sums) {
    long[] features = row.ids();
    double[] values = row.values();
    int size = row.size();
    for (int from = 0; from < size; from += run.length) {
      int n = Math.min(run.length, size - from);
      cache.copy(features, from, n, columns);
      if (fourNarrow) {
        addFour(values, from, n, sums);
      } else {
        addAll(values, from, n, sums);
      }
    }
  }

  /** The outputs of a column differ: all are read before any is written. */
  private void addFour(double[] values, int from, int n, double[] sums) {
    long[] all = columns;
    for (int i = 0; i < n; i++) {
      long x = Double.doubleToRawLongBits(values[from + i]);
      long c = all[i];
      int c0 = (int) c & 0x7FFF;
      int c1 = (int) (c >>> 16) & 0x7FFF;
      int c2 = (int) (c >>> 32) & 0x7FFF;
      int c3 = (int) (c >>> 48) & 0x7FFF;
      double y0 = sums[c0] + Double.longBitsToDouble(x ^ c << 48 & Long.MIN_VALUE);
      double y1 = sums[c1] + Double.longBitsToDouble(x ^ c << 32 & Long.MIN_VALUE);
      double y2 = sums[c2] + Double.longBitsToDouble(x ^ c << 16 & Long.MIN_VALUE);
      double y3 = sums[c3] + Double.longBitsToDouble(x ^ c & Long.MIN_VALUE);
      sums[c0] = y0;
      sums[c1] = y1;
      sums[c2] = y2;
      sums[c3] = y3;
    }
  }

  private void addAll(double[] values, int from, int n, double[] sums) {
    for (int i = 0; i < n; i++) {
      double x = values[from + i];
      for (int b = 0; b < zeta; b++) {
        int entry = entry(i, b);
        sums[entry & OUTPUT] += signed(x, entry);
      }
    }
  }

  /** Entry of a column that was copied: the output in the lower 31 bits, the sign above. */
  private int entry(int column, int block) {
    long word = columns[column * words + (block >>> laneBits)];
    int bits = (int) (word >>> (block & (1 << laneBits) - 1) * lane);
    return lane == WIDE_LANE ? bits : bits & NARROW_OUTPUTS - 1 | bits << NARROW_LANE & SIGN;
  }

  private static float signed(float x, int entry) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ entry & SIGN);
  }

  private static double signed(double x, int entry) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ (long) (entry & SIGN) << 32);
  }

  /** R'y of the first features times a scale: signed outputs added up block by block. */
  void multiplyTransposed(float[] projected, float[] row, float scale) {
    for (int from = 0; from < row.length; from += run.length) {
      int n = copyRun(from, row.length);
      for (int i = 0; i < n; i++) {
        float sum = 0;
        for (int b = 0; b < zeta; b++) {
          int entry = entry(i, b);
          sum += signed(projected[entry & OUTPUT], entry);
        }
        row[from + i] = sum * scale;
      }
    }
  }

  /** The twin of {@link #multiplyTransposed(float[], float[], float)} in binary64. */
  void multiplyTransposed(double[] projected, double[] row, double scale) {
    for (int from = 0; from < row.length; from += run.length) {
      int n = copyRun(from, row.length);
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int b = 0; b < zeta; b++) {
          int entry = entry(i, b);
          sum += signed(projected[entry & OUTPUT], entry);
        }
        row[from + i] = sum * scale;
      }
    }
  }

  private int copyRun(int from, int end) {
    int n = Math.min(run.length, end - from);
    for (int i = 0; i < n; i++) {
      run[i] = from + i;
    }
    cache.copy(run, 0, n, columns);
    return n;
  }
}
