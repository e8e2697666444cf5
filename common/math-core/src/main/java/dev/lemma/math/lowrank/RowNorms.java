// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.ExactSum;
import dev.lemma.math.linalg.SparseRow;

/**
 * The sum of squares of prepared rows, and sums over the columns of the rows as they are. A zero
 * entry of a prepared row contributes the square of its mean, which is added for all of them at
 * once.
 */
final class RowNorms {
  private final ColumnMoments moments;
  private final double[] columnSums;
  private final double[] columnSquares;
  private final double zeros;
  private final int dimension;
  private final ExactSum squares = new ExactSum();
  private long rows;

  RowNorms(PassPlan plan, double[] columnSums, double[] columnSquares) {
    this.moments = plan.moments();
    this.dimension = plan.dimension();
    this.columnSums = columnSums;
    this.columnSquares = columnSquares;
    double sum = 0;
    for (int j = 0; j < moments.means().length; j++) {
      sum += square(moments.factors()[j] * moments.means()[j]);
    }
    this.zeros = sum;
  }

  private static double square(double x) {
    return x * x;
  }

  void add(double[] row) {
    rows++;
    boolean counts = columnSums.length > 0;
    if (moments.isNone()) {
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        double square = row[j] * row[j];
        sum += square;
        if (counts) {
          columnSums[j] += row[j];
          columnSquares[j] += square;
        }
      }
      squares.add(sum);
      return;
    }
    double sum = 0;
    double empty = 0;
    int filled = 0;
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0) {
        filled++;
        sum += square(moments.factors()[j] * (row[j] - moments.means()[j]));
        empty += square(moments.factors()[j] * moments.means()[j]);
      }
    }
    addPrepared(sum, empty, filled);
  }

  void add(SparseRow row) {
    rows++;
    boolean counts = columnSums.length > 0;
    double sum = 0;
    double empty = 0;
    long[] ids = row.ids();
    double[] values = row.values();
    boolean plain = moments.isNone();
    for (int e = 0; e < row.size(); e++) {
      int j = (int) ids[e];
      if (plain) {
        double square = values[e] * values[e];
        sum += square;
        if (counts) {
          columnSums[j] += values[e];
          columnSquares[j] += square;
        }
      } else {
        sum += square(moments.factors()[j] * (values[e] - moments.means()[j]));
        empty += square(moments.factors()[j] * moments.means()[j]);
      }
    }
    if (plain) {
      squares.add(sum);
    } else {
      addPrepared(sum, empty, row.size());
    }
  }

  private void addPrepared(double sum, double empty, int filled) {
    // Where no entry is zero, nothing is left to be added, not even what rounding leaves over.
    squares.add(filled == dimension ? sum : sum + Math.max(0, zeros - empty));
  }

  /** Hands over rows and squares, and forgets them. */
  void drainInto(PowerSums sums) {
    sums.count(rows, squares);
    rows = 0;
    squares.clear();
  }
}
