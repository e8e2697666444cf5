// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.ExactSum;
import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;

/**
 * What a {@link PassPlan} sums over rows. Sums of two sets of rows add up to those of both.
 *
 * <p>8 n l bytes for the rows of A'Y that were touched, and little else. Not thread-safe.
 */
public final class PowerSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private long rows;
  private final double[][] product;
  private final double[] gram;
  private final double[] sums;
  private long[] squares;
  private final double[] columnSums;
  private final double[] columnSquares;

  /**
   * Sums from their parts, which are taken as they are.
   *
   * @param rows number of rows of A, m
   * @param product A'Y: n rows of r numbers, null for a row of zeros; none where it is not summed
   * @param gram Y'Y, packed as in {@link PackedSymmetric}
   * @param sums column sums of Y, r numbers
   * @param squares {@link ExactSum#toLongs} of the sum of squares
   * @param columnSums column sums of A, n numbers, or none
   * @param columnSquares sums of the squares in each column of A, n numbers, or none
   */
  public PowerSums(
      long rows,
      double[][] product,
      double[] gram,
      double[] sums,
      long[] squares,
      double[] columnSums,
      double[] columnSquares) {
    if (gram.length != PackedSymmetric.length(sums.length)) {
      throw new IllegalArgumentException(
          "a Gram matrix of order "
              + sums.length
              + " has "
              + PackedSymmetric.length(sums.length)
              + " numbers, found "
              + gram.length);
    }
    this.rows = rows;
    this.product = product;
    this.gram = gram;
    this.sums = sums;
    this.squares = squares;
    this.columnSums = columnSums;
    this.columnSquares = columnSquares;
  }

  /** The sums of a plan over no rows. */
  public static PowerSums empty(PassPlan plan) {
    int n = plan.columns() == PassPlan.Columns.SUMS ? plan.dimension() : 0;
    return new PowerSums(
        0,
        new double[plan.products() == PassPlan.Products.BOTH ? plan.dimension() : 0][],
        new double[PackedSymmetric.length(plan.width())],
        new double[plan.width()],
        new ExactSum().toLongs(),
        new double[n],
        new double[n]);
  }

  /**
   * Adds the sums over other rows, and returns this.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public PowerSums add(PowerSums other) {
    if (product.length != other.product.length
        || sums.length != other.sums.length
        || columnSums.length != other.columnSums.length) {
      throw new IllegalArgumentException("sums of different shapes do not add up");
    }
    rows += other.rows;
    for (int j = 0; j < product.length; j++) {
      if (product[j] == null) {
        product[j] = other.product[j] == null ? null : other.product[j].clone();
      } else if (other.product[j] != null) {
        add(product[j], other.product[j]);
      }
    }
    add(gram, other.gram);
    add(sums, other.sums);
    ExactSum both = ExactSum.of(squares);
    both.merge(ExactSum.of(other.squares));
    squares = both.toLongs();
    add(columnSums, other.columnSums);
    add(columnSquares, other.columnSquares);
    return this;
  }

  private static void add(double[] left, double[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
  }

  void count(long more, ExactSum moreSquares) {
    rows += more;
    ExactSum both = ExactSum.of(squares);
    both.merge(moreSquares);
    squares = both.toLongs();
  }

  /** Number of rows, m. */
  public long rows() {
    return rows;
  }

  /** A'Y by rows, null for a row of zeros; its own array. */
  public double[][] product() {
    return product;
  }

  /** Y'Y, packed; its own array. */
  public double[] gram() {
    return gram;
  }

  /** Column sums of Y; its own array. */
  public double[] sums() {
    return sums;
  }

  /** The sum of the squares of all entries, exact but for one rounding. */
  public double squaredNorm() {
    return ExactSum.of(squares).value();
  }

  /** The state of the sum of squares, see {@link ExactSum#toLongs}. */
  public long[] squares() {
    return squares.clone();
  }

  /** Column sums of A, or none; its own array. */
  public double[] columnSums() {
    return columnSums;
  }

  /** Sums of squares of the columns of A, or none; its own array. */
  public double[] columnSquares() {
    return columnSquares;
  }

  /** Whether no sum has left the range of double. */
  public boolean isFinite() {
    if (!Double.isFinite(squaredNorm())) {
      return false;
    }
    for (double value : gram) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    for (double[] row : product) {
      if (row != null) {
        for (double value : row) {
          if (!Double.isFinite(value)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
