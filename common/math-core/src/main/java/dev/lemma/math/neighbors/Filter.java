// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Arrays;

/**
 * Which of a row's products with the columns of a tile are so large that the pair could lie within
 * a distance. The bound of {@link ExactTiles} on the products' error, and one on the rounding of
 * the exact distance itself, are given in the pair's favour; so is whatever overflowed.
 *
 * <p>With t the distance and sigma (terms + 8) 2<sup>-52</sup> for the rounding in binary64, a pair
 * is looked at unless its product is below
 *
 * <pre>
 * cosine:     (1 - t - gamma - sigma) |a| |b| - tiny
 * Euclidean:  (1/2 - sigma) (a'a + b'b) - (1/2 + sigma) t^2 - gamma |a| |b| - tiny.
 * </pre>
 *
 * <p>A comparison with NaN counts as large enough.
 */
final class Filter {
  private static final double UNIT = 0x1p-24;
  private static final double EXACT_UNIT = 0x1p-52;

  /** Beyond, a sum in binary32 may have overflowed on its way. */
  private static final double SAFE_PRODUCT = 1e37;

  /** Covers products below the normal range even where a library flushes them to zero. */
  private static final double TINY = Float.MIN_NORMAL;

  private final Metric metric;
  private final RowBlock left;
  private final RowBlock right;
  private final double[] lengths = new double[Products.COLUMNS];
  private final double[] halfSquares = new double[Products.COLUMNS];
  private final double[] columnLimits = new double[Products.COLUMNS];
  private int from;
  private int count;
  private double longest;
  private int row;
  private double length;
  private double gamma;
  private double sigma;
  private double tiny;
  // What the limit is made of for the row at hand: limit of column c is base + slope lengths[c],
  // for Euclid with its half square.
  private double base;
  private double slope;
  private double rowLimit;

  Filter(Metric metric, RowBlock left, RowBlock right) {
    this.metric = metric;
    this.left = left;
    this.right = right;
  }

  /** Turns to the right rows from one on. */
  void load(int first, int columns) {
    from = first;
    count = columns;
    longest = 0;
    for (int c = 0; c < count; c++) {
      lengths[c] = Math.sqrt(right.square(from + c));
      halfSquares[c] = 0.5 * right.square(from + c);
      longest = Math.max(longest, lengths[c]);
    }
  }

  /** The right row of column 0. */
  int from() {
    return from;
  }

  /** Turns to a left row. */
  void row(int i) {
    row = i;
    length = Math.sqrt(left.square(i));
    int terms = left.start(i + 1) - left.start(i);
    double share = (terms + 2) * UNIT;
    boolean isBounded = share < 0.5 && length * longest < SAFE_PRODUCT;
    gamma = isBounded ? share / (1 - share) : Double.POSITIVE_INFINITY;
    sigma = (terms + 8) * EXACT_UNIT;
    tiny = (terms + 1) * TINY;
  }

  /** Sets the distance up to which the row's pairs count. */
  void limit(double distance) {
    switch (metric) {
      case COSINE -> {
        rowLimit = distance;
        base = -tiny;
        slope = (1 - distance - gamma - sigma) * length;
      }
      case EUCLIDEAN -> {
        rowLimit = distance * distance;
        base = (0.5 - sigma) * left.square(row) - (0.5 + sigma) * rowLimit - tiny;
        slope = -gamma * length;
      }
    }
  }

  /** The first column from one on whose pair could lie within the limit, or -1. */
  int next(float[] dots, int first) {
    switch (metric) {
      case COSINE -> {
        for (int c = first; c < count; c++) {
          if (!(dots[c] < base + slope * lengths[c])) {
            return c;
          }
        }
      }
      case EUCLIDEAN -> {
        double weight = 1 - 2 * sigma;
        for (int c = first; c < count; c++) {
          if (!(dots[c] < base + slope * lengths[c] + weight * halfSquares[c])) {
            return c;
          }
        }
      }
    }
    return -1;
  }

  /** Sets the distances up to which the columns' own pairs count. */
  void columnThresholds(NearestHeap[] heaps) {
    Arrays.fill(columnLimits, 0);
    for (int c = 0; c < count; c++) {
      columnThreshold(c, heaps[from + c].threshold());
    }
  }

  /** Sets the distance up to which a column's own pairs count. */
  void columnThreshold(int c, double distance) {
    columnLimits[c] = metric == Metric.COSINE ? distance : distance * distance;
  }

  /** As {@link #next}, for pairs that could lie within the limit of the row or of the column. */
  int nextOfBoth(float[] dots, int first) {
    switch (metric) {
      case COSINE -> {
        double most = 1 - gamma - sigma;
        for (int c = first; c < count; c++) {
          double limit = Math.max(rowLimit, columnLimits[c]);
          if (!(dots[c] < (most - limit) * length * lengths[c] - tiny)) {
            return c;
          }
        }
      }
      case EUCLIDEAN -> {
        double weight = 1 - 2 * sigma;
        double square = (0.5 - sigma) * left.square(row) - tiny;
        for (int c = first; c < count; c++) {
          double limit = (0.5 + sigma) * Math.max(rowLimit, columnLimits[c]);
          if (!(dots[c] < square - limit + slope * lengths[c] + weight * halfSquares[c])) {
            return c;
          }
        }
      }
    }
    return -1;
  }

  /** The exact distance of the row to a column. */
  double distance(int c) {
    return left.distance(metric, row, right, from + c);
  }
}
