// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.GramSchmidt;
import java.io.Serializable;

/**
 * Some consecutive rows of a tall matrix, one for each of some consecutive columns of A, with what
 * is known of those columns. 8 c numbers a row. Immutable.
 */
public final class TallBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final int from;
  private final int size;
  private final double[][] columns;
  private final double[] means;
  private final double[] factors;

  private TallBlock(
      int index, int from, int size, double[][] columns, double[] means, double[] factors) {
    this.index = index;
    this.from = from;
    this.size = size;
    this.columns = columns;
    this.means = means;
    this.factors = factors;
  }

  /**
   * A block of no columns.
   *
   * @param index its place among the blocks
   * @param from first column of A
   * @param size number of columns of A
   * @param sums of these columns of A over m rows: {@code columnSums} and {@code columnSquares}
   * @param m number of rows of A
   */
  public static TallBlock bare(
      int index, int from, int size, PowerSums sums, long m, Preparation preparation) {
    ColumnMoments moments = ColumnMoments.of(sums, m, preparation);
    return new TallBlock(index, from, size, new double[0][], moments.means(), moments.factors());
  }

  private TallBlock with(double[][] others) {
    return new TallBlock(index, from, size, others, means, factors);
  }

  /** Place among the blocks. */
  public int index() {
    return index;
  }

  /** First column of A. */
  public int from() {
    return from;
  }

  /** Number of columns of A. */
  public int size() {
    return size;
  }

  /** Means of these columns of A, or none. */
  public double[] means() {
    return means.clone();
  }

  /** Number of columns of A that standardizing found constant. */
  public int constants() {
    return moments().constants();
  }

  private ColumnMoments moments() {
    return new ColumnMoments(means, factors);
  }

  /** What the entries of these columns of A contribute to ||A||_F squared, after preparation. */
  public double squaredNorm(PowerSums sums, long m) {
    return PreparedSums.squaredNorm(sums, m, moments());
  }

  /** The sum of the squares of what zeros of A become by the preparation. */
  public double squaredMeans() {
    double sum = 0;
    for (int j = 0; j < means.length; j++) {
      double value = factors[j] * means[j];
      sum += value * value;
    }
    return sum;
  }

  /** What the means of these columns contribute to each entry of a W. */
  public double[] shift(GaussianBasis basis) {
    double[] shift = new double[basis.columns()];
    for (int j = 0; j < means.length; j++) {
      if (means[j] != 0) {
        RowSweeps.addOne(shift, means[j], basis.row(from + j));
      }
    }
    return shift;
  }

  /**
   * The rows of A'Y, prepared.
   *
   * @param product rows of A'Y as summed, null for a row of zeros
   * @param sums column sums of Y
   */
  public TallBlock product(double[][] product, double[] sums) {
    return with(PreparedSums.product(product, sums, moments()));
  }

  /** Gaussians, zero where a column of A is constant. */
  public TallBlock gaussians(GaussianBasis law) {
    return with(TallColumns.gaussians(law, from, size, factors));
  }

  /**
   * These rows times a small matrix.
   *
   * @param weights a row for each column of this
   * @param count columns of the result
   */
  public TallBlock times(double[][] weights, int count) {
    return with(
        weights.length == 0 ? new double[count][size] : TallColumns.multiply(columns, weights));
  }

  /** The columns of both, those of this first. */
  public TallBlock beside(TallBlock other) {
    return with(
        WholeColumns.arrays(new WholeColumns(columns).beside(new WholeColumns(other.columns))));
  }

  /** What these rows contribute to X'Y; the same object twice is X'X. */
  public double[][] inner(TallBlock other) {
    return TallColumns.inner(columns, other.columns);
  }

  /** The rows themselves, c numbers each. */
  public double[][] rows() {
    return TallColumns.rows(columns, new double[0]);
  }

  /** The rows, each times the factor of its column of A: what rows of A are multiplied by. */
  public double[][] factoredRows() {
    return TallColumns.rows(columns, factors);
  }

  /** Factors of these columns of A, or none. */
  public double[] factors() {
    return factors.clone();
  }

  /** This = Q R: Q orthonormal, R by its columns. */
  public Factored factored() {
    double[][] q = new double[columns.length][];
    for (int c = 0; c < q.length; c++) {
      q[c] = columns[c].clone();
    }
    double[][] basis = GramSchmidt.basisInPlace(q);
    double[][] r = new double[columns.length][basis.length];
    for (int c = 0; c < columns.length; c++) {
      for (int i = 0; i < basis.length; i++) {
        r[c][i] = TallColumns.dot(basis[i], columns[c]);
      }
    }
    return new Factored(with(basis), r);
  }

  /** In each column the entry of largest size, the first among equals, with its sign. */
  public double[] largest() {
    double[] largest = new double[columns.length];
    for (int c = 0; c < largest.length; c++) {
      for (double value : columns[c]) {
        if (Math.abs(value) > Math.abs(largest[c])) {
          largest[c] = value;
        }
      }
    }
    return largest;
  }

  /** A block as a product. */
  public static final class Factored implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TallBlock q;
    private final double[][] r;

    private Factored(TallBlock q, double[][] r) {
      this.q = q;
      this.r = r;
    }

    /** Q. */
    public TallBlock q() {
      return q;
    }

    /** R by its columns. */
    public double[][] r() {
      return r;
    }
  }
}
