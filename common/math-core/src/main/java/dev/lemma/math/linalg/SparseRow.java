// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.util.Arrays;

/**
 * A growable sparse row over 64-bit feature ids: the buffer between a text or a sparse vector and a
 * kernel. Reused from row to row; not thread-safe.
 *
 * <p>Kernels ask for ids in strictly ascending (signed) order; {@link #append} leaves that to its
 * caller.
 */
public final class SparseRow {
  private long[] ids = new long[64];
  private double[] values = new double[64];
  private int size;

  /** Forgets all entries; keeps the memory. */
  public void clear() {
    size = 0;
  }

  /** Number of stored entries. */
  public int size() {
    return size;
  }

  /** Adds an entry behind the last. */
  public void append(long id, double value) {
    if (size == ids.length) {
      int capacity = Math.multiplyExact(size, 2);
      ids = Arrays.copyOf(ids, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    ids[size] = id;
    values[size++] = value;
  }

  /** The ids' own array, of which the first {@link #size} count; valid until the next append. */
  public long[] ids() {
    return ids;
  }

  /** The values' own array, of which the first {@link #size} count; valid until the next append. */
  public double[] values() {
    return values;
  }
}
