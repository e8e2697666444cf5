// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.ExactSums;

/**
 * The sums of {@link ScoreBins} while every row has weight 1: whole numbers, exact by nature, that
 * cost an addition each. Cell i holds a number of rows and two sums of at most that many terms in
 * [0, 1], in units of 2<sup>-31</sup>.
 */
final class UnitBins {
  /** Rows of a cell whose sums, and those of two such cells, are far from overflowing. */
  private static final long MOST_ROWS = 1L << 30;

  private static final double UNIT = 0x1p-31;
  private static final int SUMS = 3;
  private static final int HALF = 32;
  private static final int ENTRY = 4;

  private final long[] sums;
  // Whether a cell has more rows than are counted here.
  private boolean isFull;

  UnitBins(int cells) {
    this.sums = new long[SUMS * cells];
  }

  /**
   * Adds a row.
   *
   * @param first of its terms, in units
   * @param second of its terms, in units
   */
  void add(int cell, long first, long second) {
    int at = SUMS * cell;
    sums[at]++;
    sums[at + 1] += first;
    sums[at + 2] += second;
    isFull |= sums[at] > MOST_ROWS;
  }

  void merge(UnitBins other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    for (int at = 0; at < sums.length; at += SUMS) {
      isFull |= sums[at] > MOST_ROWS;
    }
  }

  /** Whether a cell has so many rows that they are to be summed otherwise. */
  boolean isFull() {
    return isFull;
  }

  /** Sum i of all of them, three a cell, correctly rounded. */
  double value(int i) {
    return i % SUMS == 0 ? sums[i] : sums[i] * UNIT;
  }

  /** Adds everything to exact sums, three a cell. */
  void addTo(ExactSums target) {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] != 0) {
        double unit = i % SUMS == 0 ? 1 : UNIT;
        target.add(i, (sums[i] >>> HALF) * 0x1p32 * unit);
        target.add(i, (sums[i] & 0xffffffffL) * unit);
      }
    }
  }

  /** Appends the cells that hold anything, each by its number and its three sums. */
  void appendTo(LongBuilder state) {
    for (int at = 0; at < sums.length; at += SUMS) {
      if (sums[at] != 0) {
        state.add(at / SUMS).add(sums[at]).add(sums[at + 1]).add(sums[at + 2]);
      }
    }
  }

  /**
   * Reads what {@link #appendTo} wrote.
   *
   * @param from where it begins
   * @throws IllegalArgumentException if it is something else
   */
  static UnitBins of(long[] state, int from, int cells) {
    UnitBins bins = new UnitBins(cells);
    long before = -1;
    for (int at = from; at < state.length; at += ENTRY) {
      if (state.length - at < ENTRY
          || state[at] <= before
          || state[at] >= cells
          || state[at + 1] > MOST_ROWS) {
        throw new IllegalArgumentException("not the state of score bins: wrong at " + at);
      }
      before = state[at];
      System.arraycopy(state, at + 1, bins.sums, SUMS * (int) before, SUMS);
    }
    return bins;
  }
}
