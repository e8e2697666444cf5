// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/**
 * The leaves of an exact sum over rows: ranges of the row key, as many as the number of rows alone
 * asks for. Rows are summed in key order inside a leaf and leaves are merged by {@link
 * PairwiseMerge}, so partitions leave no trace in the result.
 *
 * @param count number of leaves, at least 1
 */
public record Leaves(int count) {
  /** Rows a leaf holds on average when there are many. */
  public static final int ROWS_PER_LEAF = 32_768;

  /** Checks the count. */
  public Leaves {
    if (count < 1) {
      throw new IllegalArgumentException("there is at least 1 leaf, found " + count);
    }
  }

  /**
   * The leaves of so many rows: rows / 32,768 rounded up, at least 1.
   *
   * @param rows number of rows, 0 to (2<sup>31</sup> - 1) · 32,768
   * @throws IllegalArgumentException if it is negative or larger
   */
  public static Leaves forRows(long rows) {
    long count = Math.max(1, rows / ROWS_PER_LEAF + (rows % ROWS_PER_LEAF > 0 ? 1 : 0));
    if (rows < 0 || count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the number of rows must lie in 0 to "
              + (long) Integer.MAX_VALUE * ROWS_PER_LEAF
              + ", found "
              + rows);
    }
    return new Leaves((int) count);
  }

  /**
   * The leaf of a row: the range of the unsigned 64-bit numbers that its key lies in.
   *
   * @param keyFirst first half of its row key
   * @return a number from 0 to count - 1, ascending with the key
   */
  public int leafOf(long keyFirst) {
    return rangeOf(keyFirst, count);
  }

  /**
   * Which of {@code count} equal ranges of the unsigned 64-bit numbers one lies in: floor(number ·
   * count / 2<sup>64</sup>). Ranges differ in size by at most one number.
   *
   * @param unsigned the number
   * @param count number of ranges, at least 1
   * @return a number from 0 to count - 1
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public static int rangeOf(long unsigned, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("the number of ranges must be at least 1, found " + count);
    }
    long high = (unsigned >>> 32) * count;
    long low = (unsigned & 0xffffffffL) * count;
    return (int) (high + (low >>> 32) >>> 32);
  }
}
