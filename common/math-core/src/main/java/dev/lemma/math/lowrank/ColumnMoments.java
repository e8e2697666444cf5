// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What {@link Preparation} makes of the columns: entry (i, j) of the prepared matrix is factor_j
 * (a_ij - mean_j).
 *
 * @param means n numbers, or none for columns that are left as they are
 * @param factors n numbers, or none where there are no means
 */
public record ColumnMoments(double[] means, double[] factors) implements Serializable {
  /** Columns as they are. */
  public static final ColumnMoments NONE = new ColumnMoments(new double[0], new double[0]);

  /** A spread below this share of the mean square is rounding noise of the sums. */
  private static final double CONSTANT = 1e-14;

  /** Checks the lengths. */
  public ColumnMoments {
    if (means.length != factors.length) {
      throw new IllegalArgumentException(
          "as many factors as means: found " + factors.length + " and " + means.length);
    }
  }

  /** The moments that a first pass found. */
  static ColumnMoments of(PowerSums sums, Preparation preparation) {
    return of(sums, sums.rows(), preparation);
  }

  /** The moments of some columns, with the number of rows. */
  static ColumnMoments of(PowerSums sums, long rows, Preparation preparation) {
    if (preparation == Preparation.RAW) {
      return NONE;
    }
    int n = sums.columnSums().length;
    double m = rows;
    double[] means = new double[n];
    double[] factors = new double[n];
    Arrays.fill(factors, 1);
    for (int j = 0; j < n; j++) {
      means[j] = sums.columnSums()[j] / m;
      if (preparation == Preparation.STANDARDIZED) {
        double square = sums.columnSquares()[j];
        double spread = square - m * means[j] * means[j];
        factors[j] = spread > CONSTANT * square && m > 1 ? Math.sqrt((m - 1) / spread) : 0;
      }
    }
    return new ColumnMoments(means, factors);
  }

  /** Whether columns are left as they are. */
  public boolean isNone() {
    return means.length == 0;
  }

  /** Number of columns that standardizing found constant. */
  public int constants() {
    return (int) Arrays.stream(factors).filter(factor -> factor == 0).count();
  }

  /** What the means contribute to each entry of a W. */
  double[] shift(Basis basis) {
    double[] shift = new double[basis.columns()];
    for (int j = 0; j < means.length; j++) {
      if (means[j] != 0) {
        double[] row = basis.row(j);
        for (int c = 0; c < shift.length; c++) {
          shift[c] += means[j] * row[c];
        }
      }
    }
    return shift;
  }
}
