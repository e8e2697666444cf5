// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.PackedSymmetric;

/**
 * The sums of a pass as they were over the prepared matrix: with ybar the mean of the rows of Y and
 * mu the means of the columns of A, centring subtracts m ybar ybar' from Y'Y and m mu ybar' from
 * A'Y, whatever shift Y was formed with.
 */
final class PreparedSums {
  private PreparedSums() {}

  /** Y'Y. */
  static PackedSymmetric gram(PowerSums sums, Preparation preparation) {
    PackedSymmetric gram = PackedSymmetric.of(sums.sums().length, sums.gram());
    if (preparation != Preparation.RAW && sums.rows() > 0) {
      gram.addRankOneInPlace(-1.0 / sums.rows(), sums.sums());
    }
    return gram;
  }

  /** A'Y by its columns, of n entries each. */
  static double[][] product(PowerSums sums, ColumnMoments moments) {
    return product(sums.product(), sums.sums(), moments);
  }

  /**
   * Some rows of A'Y by columns.
   *
   * @param rows as they were summed, null for zeros
   * @param sums column sums of Y
   * @param moments of the columns of A that the rows belong to
   */
  static double[][] product(double[][] rows, double[] sums, ColumnMoments moments) {
    int width = sums.length;
    double[][] columns = new double[width][rows.length];
    for (int j = 0; j < rows.length; j++) {
      boolean plain = moments.isNone();
      double mean = plain ? 0 : moments.means()[j];
      double factor = plain ? 1 : moments.factors()[j];
      for (int c = 0; c < width; c++) {
        double value = rows[j] == null ? 0 : rows[j][c];
        columns[c][j] = plain ? value : factor * (value - mean * sums[c]);
      }
    }
    return columns;
  }

  /** ||A||_F squared from a pass that knew nothing of the moments. */
  static double squaredNorm(PowerSums first, ColumnMoments moments) {
    return moments.isNone() ? first.squaredNorm() : squaredNorm(first, first.rows(), moments);
  }

  /** The part of some columns of a matrix of so many rows, which is prepared. */
  static double squaredNorm(PowerSums first, long rows, ColumnMoments moments) {
    double sum = 0;
    for (int j = 0; j < moments.means().length; j++) {
      double mean = moments.means()[j];
      double spread = first.columnSquares()[j] - rows * mean * mean;
      sum += Math.max(0, spread) * moments.factors()[j] * moments.factors()[j];
    }
    return sum;
  }
}
