// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/**
 * The leading singular triplets of a prepared m x n matrix, A = U diag(s) V' up to the rest, and
 * how good they are.
 *
 * <p>Signs: in each right vector the entry of largest size, the first among equals, is positive.
 *
 * @param values singular values, descending, k; each at most the true one but for rounding
 * @param right V: k vectors of n entries
 * @param moments how columns were prepared
 * @param leftBasis W of the last read: the row of U that belongs to a row a of A is (a W - s) T
 * @param leftShift s
 * @param leftTransform T, a row of k numbers for each column of W
 * @param residuals ||A'u - theta v|| of the Ritz triplets of the last read, which the triplets
 *     returned improve on by half a power step; NaN where the last read tells none
 * @param upper theta and its residual together: a singular value lies within the residual of theta,
 *     so that, unless a larger one was missed, the true value lies between the value and this; NaN
 *     as above
 * @param next the largest singular value found beyond those returned; 0 where there is none
 * @param spectralBound bounds what the last W misses in the spectral norm, with probability 1 -
 *     10<sup>-4</sup>; NaN where it was not measured
 * @param squaredNorm ||A||_F squared, of the prepared matrix
 * @param rows m
 * @param reads how often A was read
 * @param columns columns of W in the last read
 * @param cut triplets found and cut off because the mode does not resolve values so small
 * @param stop why there are no more triplets
 * @param orthonormality largest entry of |V'V - I|
 */
public record SvdFactors(
    double[] values,
    double[][] right,
    ColumnMoments moments,
    Basis leftBasis,
    double[] leftShift,
    double[][] leftTransform,
    double[] residuals,
    double[] upper,
    double next,
    double spectralBound,
    double squaredNorm,
    long rows,
    int reads,
    int columns,
    int cut,
    StopReason stop,
    double orthonormality)
    implements SvdOutcome {

  /** k. */
  public int rank() {
    return values.length;
  }

  /** n. */
  public int dimension() {
    return right[0].length;
  }

  /** Shares of ||A||_F squared that the triplets explain, k numbers. */
  public double[] explainedShares() {
    double[] shares = new double[values.length];
    for (int r = 0; r < shares.length; r++) {
      shares[r] = squaredNorm > 0 ? Math.min(1, values[r] * values[r] / squaredNorm) : 0;
    }
    return shares;
  }

  /** ||A - A_k||_F / ||A||_F; below 1e-7 it is rounding noise. */
  public double relativeError() {
    double rest = squaredNorm;
    for (double value : values) {
      rest -= value * value;
    }
    return squaredNorm > 0 ? Math.sqrt(Math.max(0, rest) / squaredNorm) : 0;
  }

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
        LoopPower.addOne(y, row[j], leftBasis.row(j));
      }
    }
    java.util.Arrays.fill(out, 0);
    for (int i = 0; i < y.length; i++) {
      LoopPower.addOne(out, y[i], leftTransform[i]);
    }
  }
}
