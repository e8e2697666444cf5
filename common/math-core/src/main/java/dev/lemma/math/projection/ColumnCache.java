// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/**
 * The columns of the features that were asked for last, for spaces that are open or too large for a
 * table. Direct-mapped by group of four features (id &gt;&gt; 2), so that the four columns of a
 * group are never in each other's way. Not thread-safe.
 *
 * <p>Memory: at most 64 MB for each precision in use, or one group (16k or 32k bytes) if that is
 * more.
 */
final class ColumnCache implements DenseColumns {
  private static final long BYTES = 64L << 20;
  private static final int GROUP = 4;
  private static final int MOST_SLOTS = 1 << 20;

  private final ColumnLaw law;
  private final int k;
  private final long bytes;
  private Slots<float[]> floats;
  private Slots<double[]> doubles;
  private double[] scratch;

  ColumnCache(ColumnLaw law, int k) {
    this(law, k, BYTES);
  }

  /** A cache of at most so many bytes for each precision. */
  ColumnCache(ColumnLaw law, int k, long bytes) {
    this.law = law;
    this.k = k;
    this.bytes = bytes;
  }

  @Override
  public float[] floats(long feature) {
    if (floats == null) {
      floats = new Slots<>(new float[slots(Float.BYTES)][]);
      scratch = new double[k];
    }
    int slot = floats.of(feature);
    float[] column = floats.columns[slot];
    if (column == null) {
      column = new float[k];
      floats.columns[slot] = column;
    } else if (floats.ids[slot] == feature) {
      return column;
    }
    law.fill(feature, scratch);
    for (int c = 0; c < k; c++) {
      column[c] = (float) scratch[c];
    }
    floats.ids[slot] = feature;
    return column;
  }

  @Override
  public double[] doubles(long feature) {
    if (doubles == null) {
      doubles = new Slots<>(new double[slots(Double.BYTES)][]);
    }
    int slot = doubles.of(feature);
    double[] column = doubles.columns[slot];
    if (column == null) {
      column = new double[k];
      doubles.columns[slot] = column;
    } else if (doubles.ids[slot] == feature) {
      return column;
    }
    law.fill(feature, column);
    doubles.ids[slot] = feature;
    return column;
  }

  private int slots(int entryBytes) {
    long fitting = bytes / ((long) k * entryBytes + 32);
    return (int) Long.highestOneBit(Math.max(GROUP, Math.min(MOST_SLOTS, fitting)));
  }

  /** Arrays, each with the feature that it holds. */
  private static final class Slots<A> {
    final A[] columns;
    final long[] ids;

    Slots(A[] columns) {
      this.columns = columns;
      this.ids = new long[columns.length];
    }

    /**
     * The slot of a feature: that of its group, its two lowest bits flipped by the feature's own.
     */
    int of(long feature) {
      return HotSlot.of(feature >> 2, columns.length - 1) ^ (int) (feature & 3);
    }
  }
}
