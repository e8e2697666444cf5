// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;

/**
 * The columns of a sparse R, before the scale, made from their addresses and cached for hot
 * features (direct-mapped, 65,536 slots at most, some 16 MB). Not thread-safe.
 *
 * <p>Sums go through features in ascending order and through a feature's entries in the order of
 * its law, with one addition to the output for each entry.
 */
final class SignedColumns {
  private static final long CACHE_BYTES = 16L << 20;
  private static final int MOST_SLOTS = 1 << 16;

  /** How a feature's column is made from its address. */
  @FunctionalInterface
  interface Law {
    /** Makes one column; the list comes empty. */
    void fill(long feature, SignedPositions column);
  }

  private final ProjectionSpec spec;
  private final Law law;
  private final double scale;
  private final long[] ids;
  private final SignedPositions[] slots;

  /**
   * Columns of a law.
   *
   * @param scale what sums are multiplied by
   * @param entries how many a column has on average
   */
  SignedColumns(ProjectionSpec spec, Law law, double scale, double entries) {
    this.spec = spec;
    this.law = law;
    this.scale = scale;
    long fitting = (long) (CACHE_BYTES / (64 + Integer.BYTES * 2 * entries));
    int count = (int) Long.highestOneBit(Math.max(1, Math.min(MOST_SLOTS, fitting)));
    this.ids = new long[count];
    this.slots = new SignedPositions[count];
  }

  /** The column of a feature; valid until the next is asked for. */
  SignedPositions column(long feature) {
    int slot = HotSlot.of(feature, slots.length - 1);
    SignedPositions column = slots[slot];
    if (column == null) {
      column = new SignedPositions();
      slots[slot] = column;
    } else if (ids[slot] == feature) {
      return column;
    }
    column.clear();
    law.fill(feature, column);
    ids[slot] = feature;
    return column;
  }

  /** Adds the columns of a row, each times its value, to k sums. */
  void add(SparseRow row, float[] sums) {
    int size = row.size();
    long[] ids = row.ids();
    double[] values = row.values();
    for (int i = 0; i < size; i++) {
      float x = (float) values[i];
      if (x != 0) {
        SignedPositions column = column(ids[i]);
        int[] codes = column.codes();
        for (int e = 0; e < column.size(); e++) {
          int code = codes[e];
          if (code >= 0) {
            sums[code] += x;
          } else {
            sums[~code] -= x;
          }
        }
      }
    }
  }

  /** The twin of {@link #add(SparseRow, float[])} in binary64. */
  void add(SparseRow row, double[] sums) {
    int size = row.size();
    long[] ids = row.ids();
    double[] values = row.values();
    for (int i = 0; i < size; i++) {
      double x = values[i];
      if (x != 0) {
        SignedPositions column = column(ids[i]);
        int[] codes = column.codes();
        for (int e = 0; e < column.size(); e++) {
          int code = codes[e];
          if (code >= 0) {
            sums[code] += x;
          } else {
            sums[~code] -= x;
          }
        }
      }
    }
  }

  /** R'y: a feature's signed outputs added up in the order of its law, times the scale. */
  void multiplyTransposed(float[] projected, float[] row) {
    RowChecks.lengths(spec, row.length, projected.length);
    float factor = (float) scale;
    for (int j = 0; j < row.length; j++) {
      SignedPositions column = column(j);
      int[] codes = column.codes();
      float sum = 0;
      for (int e = 0; e < column.size(); e++) {
        int code = codes[e];
        sum += code >= 0 ? projected[code] : -projected[~code];
      }
      row[j] = sum * factor;
    }
  }

  /** The twin of {@link #multiplyTransposed(float[], float[])} in binary64. */
  void multiplyTransposed(double[] projected, double[] row) {
    RowChecks.lengths(spec, row.length, projected.length);
    for (int j = 0; j < row.length; j++) {
      SignedPositions column = column(j);
      int[] codes = column.codes();
      double sum = 0;
      for (int e = 0; e < column.size(); e++) {
        int code = codes[e];
        sum += code >= 0 ? projected[code] : -projected[~code];
      }
      row[j] = sum * scale;
    }
  }
}
