// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.util.Arrays;

/**
 * The Cholesky factorisation of a symmetric positive semidefinite d x d matrix A with pivoting: at
 * every step the column whose diagonal element is largest after elimination, the lowest index among
 * equals, until what is left is below a tolerance. The columns taken are linearly independent; each
 * of the others is, up to the tolerance, a combination of them.
 *
 * <p>With a unit diagonal (correlation form) the diagonal left at column j is 1 - R<sub>j</sub>
 * <sup>2</sup>, R<sub>j</sub> being the multiple correlation of j with the columns taken.
 *
 * <p>d r<sup>2</sup> - 2 r<sup>3</sup> / 3 operations at rank r, 8 d<sup>2</sup> bytes while it
 * works. Order of additions fixed. Immutable and thread-safe.
 *
 * <p>Source: N. J. Higham, <em>Analysis of the Cholesky decomposition of a semi-definite
 * matrix</em>, in Reliable Numerical Computation, 1990; L. Hammarling, N. J. Higham, C. Lucas,
 * <em>LAPACK-style codes for pivoted Cholesky and QR updating</em>, 2007, <a
 * href="https://doi.org/10.1007/978-3-540-75755-9_17">doi:10.1007/978-3-540-75755-9_17</a>.
 */
public final class PivotedCholesky {
  private final int dimension;
  private final int[] order;
  private final int rank;
  private final Cholesky factor;
  private final double[][] dependent;
  private final double[] left;

  private PivotedCholesky(
      int[] order, int rank, Cholesky factor, double[][] dependent, double[] left) {
    this.dimension = order.length;
    this.order = order;
    this.rank = rank;
    this.factor = factor;
    this.dependent = dependent;
    this.left = left;
  }

  /**
   * The factorisation of a matrix.
   *
   * @param a A; left as it is
   * @param relativeTolerance columns end where the diagonal left is at most this times the largest
   *     diagonal element of A; in [0, 1)
   * @throws IllegalArgumentException if the tolerance lies outside [0, 1) or a diagonal element is
   *     not finite
   */
  public static PivotedCholesky of(PackedSymmetric a, double relativeTolerance) {
    int dimension = a.order();
    double[] packed = a.packed();
    if (!(relativeTolerance >= 0 && relativeTolerance < 1)) {
      throw new IllegalArgumentException(
          "the tolerance of the rank must lie in [0, 1), found " + relativeTolerance);
    }
    double[] left = new double[dimension];
    double largest = 0;
    for (int j = 0; j < dimension; j++) {
      left[j] = packed[Packed.column(j) + j];
      if (!Double.isFinite(left[j])) {
        throw new IllegalArgumentException("diagonal element " + j + " is not finite");
      }
      largest = Math.max(largest, left[j]);
    }
    double[][] columns = new double[dimension][];
    int[] order = new int[dimension];
    Arrays.setAll(order, j -> j);
    int rank = 0;
    while (rank < dimension) {
      int pivot = largestLeft(order, rank, left);
      if (!(left[order[pivot]] > relativeTolerance * largest)) {
        break;
      }
      moveTo(order, pivot, rank);
      eliminate(packed, order, rank, columns, left);
      rank++;
    }
    return pack(packed, order, rank, columns, left);
  }

  private static int largestLeft(int[] order, int from, double[] left) {
    int best = from;
    for (int p = from + 1; p < order.length; p++) {
      if (left[order[p]] > left[order[best]]) {
        best = p;
      }
    }
    return best;
  }

  /** Keeps the columns that wait in ascending order, so that ties go to the lowest. */
  private static void moveTo(int[] order, int from, int to) {
    int column = order[from];
    System.arraycopy(order, to, order, to + 1, from - to);
    order[to] = column;
  }

  /** Row {@code step} of the factor, for the pivot and for all columns that wait. */
  private static void eliminate(
      double[] packed, int[] order, int step, double[][] columns, double[] left) {
    int pivot = order[step];
    double diagonal = Math.sqrt(left[pivot]);
    double[] pivots = room(columns, pivot, step);
    pivots[step] = diagonal;
    for (int p = step + 1; p < order.length; p++) {
      int j = order[p];
      double[] column = room(columns, j, step);
      double a = packed[Packed.column(Math.max(pivot, j)) + Math.min(pivot, j)];
      double entry = (a - Packed.dot(pivots, 0, column, 0, step)) / diagonal;
      column[step] = entry;
      left[j] -= entry * entry;
    }
  }

  private static double[] room(double[][] columns, int j, int step) {
    double[] column = columns[j];
    if (column == null) {
      column = new double[Math.min(16, columns.length)];
    } else if (step == column.length) {
      column = Arrays.copyOf(column, Math.min(columns.length, 2 * step));
    }
    columns[j] = column;
    return column;
  }

  private static PivotedCholesky pack(
      double[] packed, int[] order, int rank, double[][] columns, double[] left) {
    double[] u = new double[Packed.column(rank)];
    double[] kept = new double[u.length];
    for (int j = 0; j < rank; j++) {
      System.arraycopy(columns[order[j]], 0, u, Packed.column(j), j + 1);
      for (int i = 0; i <= j; i++) {
        int high = Math.max(order[i], order[j]);
        kept[Packed.column(j) + i] = packed[Packed.column(high) + Math.min(order[i], order[j])];
      }
    }
    int rest = order.length - rank;
    double[][] dependent = new double[rest][];
    double[] leftOver = new double[rest];
    for (int p = 0; p < rest; p++) {
      int j = order[rank + p];
      dependent[p] = rank == 0 ? new double[0] : Arrays.copyOf(columns[j], rank);
      leftOver[p] = left[j];
    }
    Cholesky factor = new Cholesky(rank, u, Packed.oneNorm(kept, rank));
    return new PivotedCholesky(order, rank, factor, dependent, leftOver);
  }

  /** d. */
  public int dimension() {
    return dimension;
  }

  /** The number of columns taken. */
  public int rank() {
    return rank;
  }

  /** The columns taken, in the order of their pivots. */
  public int[] independent() {
    return Arrays.copyOf(order, rank);
  }

  /** The columns left, ascending. */
  public int[] dependent() {
    return Arrays.copyOfRange(order, rank, dimension);
  }

  /**
   * The diagonal left at column {@code dependent()[p]}: about 0, below 0 by rounding, and far below
   * 0 only where A is not positive semidefinite.
   */
  public double left(int p) {
    return left[p];
  }

  /**
   * The coefficients with which column {@code dependent()[p]} is a combination of {@link
   * #independent}, in that order.
   */
  public double[] combination(int p) {
    double[] coefficients = dependent[p].clone();
    factor.solveUpperInPlace(coefficients);
    return coefficients;
  }

  /** The factorisation of the rows and columns taken, in the order of {@link #independent}. */
  public Cholesky factor() {
    return factor;
  }

  /**
   * The basic solution of A x = b: that of the columns taken, 0 for the others. It solves the
   * system if b lies in the range of A.
   *
   * @param b d numbers, left as they are
   * @throws IllegalArgumentException if their number is not d
   */
  public double[] solve(double[] b) {
    if (b.length != dimension) {
      throw new IllegalArgumentException(
          "a right-hand side must have " + dimension + " numbers, found " + b.length);
    }
    double[] taken = new double[rank];
    for (int i = 0; i < rank; i++) {
      taken[i] = b[order[i]];
    }
    factor.solveInPlace(taken);
    double[] x = new double[dimension];
    for (int i = 0; i < rank; i++) {
      x[order[i]] = taken[i];
    }
    return x;
  }
}
