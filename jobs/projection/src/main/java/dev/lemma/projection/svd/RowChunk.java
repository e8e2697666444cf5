// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.lowrank.RowSweeps;
import java.util.Arrays;

/**
 * Rows in the hands of a task, by their non-zero values, while it multiplies them by one block of W
 * after the other. 12 bytes a value and 8 (l + 3) a row. Not thread-safe.
 */
final class RowChunk {
  private static final int LEAST = 1024;

  private final int width;
  private final long limit;
  private int[] ids = new int[LEAST];
  private double[] values = new double[LEAST];
  private int[] ends = new int[LEAST];
  private int[] at = new int[LEAST];
  private double[] sums = new double[LEAST];
  private double[] empties = new double[LEAST];
  private double[][] products = new double[LEAST][];
  private int rows;
  private int numbers;

  /**
   * @param width columns of W
   * @param limit bytes at which a chunk is full
   */
  RowChunk(int width, long limit) {
    this.width = width;
    this.limit = limit;
  }

  void clear() {
    rows = 0;
    numbers = 0;
  }

  int rows() {
    return rows;
  }

  /** Whether no further row is to be added; one row always fits. */
  boolean isFull() {
    return 12L * numbers + (long) Double.BYTES * (width + 3) * rows >= limit;
  }

  void add(FeatureBuffer row) {
    SparseRow nonzeros = row.nonzeros(Precision.DOUBLE);
    int size = nonzeros.size();
    if (numbers + size > ids.length) {
      int length = Math.max(numbers + size, 2 * ids.length);
      ids = Arrays.copyOf(ids, length);
      values = Arrays.copyOf(values, length);
    }
    for (int e = 0; e < size; e++) {
      ids[numbers + e] = (int) nonzeros.ids()[e];
      values[numbers + e] = nonzeros.values()[e];
    }
    if (rows == ends.length) {
      ends = Arrays.copyOf(ends, 2 * rows);
      at = Arrays.copyOf(at, 2 * rows);
      sums = Arrays.copyOf(sums, 2 * rows);
      empties = Arrays.copyOf(empties, 2 * rows);
      products = Arrays.copyOf(products, 2 * rows);
    }
    numbers += size;
    ends[rows++] = numbers;
  }

  private int begin(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /** Makes ready for a sweep over the blocks. */
  void rewind() {
    for (int i = 0; i < rows; i++) {
      at[i] = begin(i);
    }
  }

  /** Forms a W - s of all rows, entry by entry in the order of the columns of A. */
  void multiply(BlockPlan plan) {
    rewind();
    for (int i = 0; i < rows; i++) {
      if (products[i] == null) {
        products[i] = new double[width];
      }
      for (int c = 0; c < width; c++) {
        products[i][c] = 0 - plan.shift[c];
      }
      sums[i] = 0;
      empties[i] = 0;
    }
    for (int b = 0; b < plan.blocks.count(); b++) {
      multiply(plan.open(b), plan.blocks.from(b), plan.blocks.from(b + 1));
    }
  }

  private void multiply(BlockPlan.Opened block, int from, int to) {
    boolean plain = block.means.length == 0;
    for (int i = 0; i < rows; i++) {
      int begin = at[i];
      int end = end(i, to);
      at[i] = end;
      double[] product = products[i];
      int e = begin;
      for (; e + 4 <= end; e += 4) {
        RowSweeps.addFour(
            product,
            values[e],
            block.row(ids[e]),
            values[e + 1],
            block.row(ids[e + 1]),
            values[e + 2],
            block.row(ids[e + 2]),
            values[e + 3],
            block.row(ids[e + 3]));
      }
      for (; e < end; e++) {
        RowSweeps.addOne(product, values[e], block.row(ids[e]));
      }
      for (e = begin; e < end; e++) {
        double value = values[e];
        if (plain) {
          sums[i] += value * value;
        } else {
          int j = ids[e] - from;
          double mean = block.factors[j] * block.means[j];
          double prepared = block.factors[j] * (value - block.means[j]);
          sums[i] += prepared * prepared;
          empties[i] += mean * mean;
        }
      }
    }
  }

  /** Behind the entries of a row that are left before a column. */
  private int end(int row, int to) {
    int end = at[row];
    while (end < ends[row] && ids[end] < to) {
      end++;
    }
    return end;
  }

  /** a W - s of a row. */
  double[] product(int row) {
    return products[row];
  }

  /** The sum of the squares of a row as it is prepared. */
  double squaredNorm(int row, BlockPlan plan) {
    // Where no entry is zero, nothing is left to be added, not even what rounding leaves over.
    boolean full = ends[row] - begin(row) == plan.blocks.dimension();
    return full ? sums[row] : sums[row] + Math.max(0, plan.zeros - empties[row]);
  }

  /** What becomes of the entries of a block, row by row. */
  interface EntryTaker {
    /** Takes the entries {@code begin} to {@code end - 1} of these arrays, which are of a row. */
    void take(int row, int[] columns, double[] values, int begin, int end);
  }

  /**
   * Hands over the entries of the next block; blocks come in their order after {@link #rewind}.
   *
   * @param to behind its last column
   */
  void entries(int to, EntryTaker taker) {
    for (int i = 0; i < rows; i++) {
      int begin = at[i];
      at[i] = end(i, to);
      taker.take(i, ids, values, begin, at[i]);
    }
  }
}
