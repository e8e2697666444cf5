// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.util.Arrays;

/**
 * The leading singular triplets of a prepared m x n matrix in memory, A = U diag(s) V' up to the
 * rest.
 *
 * <p>Signs: in each right vector the entry of largest size, the first among equals, is positive.
 *
 * @param figures singular values, and how good they are
 * @param right V: k vectors of n entries
 * @param moments how columns were prepared
 * @param leftBasis W of the last read: the row of U that belongs to a row a of A is (a W - s) T
 * @param leftShift s
 * @param leftTransform T, a row of k numbers for each column of W
 */
public record SvdFactors(
    SvdFigures figures,
    double[][] right,
    ColumnMoments moments,
    Basis leftBasis,
    double[] leftShift,
    double[][] leftTransform)
    implements SvdOutcome {

  /**
   * The row of U that belongs to a row of A.
   *
   * @param row n numbers of A as it is
   * @param out receives k numbers
   */
  public void left(double[] row, double[] out) {
    double[] y = new double[leftShift.length];
    for (int c = 0; c < y.length; c++) {
      y[c] = 0 - leftShift[c];
    }
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0) {
        RowSweeps.addOne(y, row[j], leftBasis.row(j));
      }
    }
    Arrays.fill(out, 0);
    for (int i = 0; i < y.length; i++) {
      RowSweeps.addOne(out, y[i], leftTransform[i]);
    }
  }
}
