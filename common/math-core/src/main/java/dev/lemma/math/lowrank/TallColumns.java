// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** Operations on tall matrices that are held by their columns, each an array of its own. */
final class TallColumns {
  /** Entries of a column that are worked on together: 150 columns of these fill half a megabyte. */
  private static final int BLOCK = 512;

  private TallColumns() {}

  /** Four sums side by side, joined in pairs: the order is part of the result. */
  static double dot(double[] x, double[] y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= x.length; i += 4) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      s0 += x[i] * y[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  static void scale(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }

  /**
   * The product of columns with a matrix of as many rows, r numbers each: r columns. Four columns
   * at a time, one after the other, within blocks of entries that stay in the cache.
   */
  static double[][] multiply(double[][] columns, double[][] rows) {
    int rank = rows.length == 0 ? 0 : rows[0].length;
    int n = columns[0].length;
    double[][] product = new double[rank][n];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      for (int c = 0; c < rank; c++) {
        int i = 0;
        for (; i + 4 <= rows.length; i += 4) {
          addFour(product[c], columns, rows, i, c, from, to);
        }
        for (; i < rows.length; i++) {
          addScaled(rows[i][c], columns[i], product[c], from, to);
        }
      }
    }
    return product;
  }

  /** Entries of y += those of columns i to i + 3, times weights in column c. */
  private static void addFour(
      double[] y, double[][] columns, double[][] rows, int i, int c, int from, int to) {
    double a0 = rows[i][c];
    double a1 = rows[i + 1][c];
    double a2 = rows[i + 2][c];
    double a3 = rows[i + 3][c];
    if (a0 == 0 && a1 == 0 && a2 == 0 && a3 == 0) {
      return;
    }
    double[] x0 = columns[i];
    double[] x1 = columns[i + 1];
    double[] x2 = columns[i + 2];
    double[] x3 = columns[i + 3];
    for (int j = from; j < to; j++) {
      y[j] = y[j] + a0 * x0[j] + a1 * x1[j] + a2 * x2[j] + a3 * x3[j];
    }
  }

  private static void addScaled(double a, double[] x, double[] y, int from, int to) {
    if (a != 0) {
      for (int j = from; j < to; j++) {
        y[j] += a * x[j];
      }
    }
  }

  /** X'Y, a row for each column of X. */
  static double[][] inner(double[][] x, double[][] y) {
    double[][] products = new double[x.length][y.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        // Of X'X one half is the other one.
        products[i][j] = x == y && j < i ? products[j][i] : dot(x[i], y[j]);
      }
    }
    return products;
  }

  /**
   * Columns of Gaussians.
   *
   * @param law whose rows {@code from} to {@code from + count - 1} they are
   * @param factors of the columns of A, or none; where one is 0 the row stays zero
   */
  static double[][] gaussians(GaussianBasis law, int from, int count, double[] factors) {
    double[][] columns = new double[law.columns()][count];
    for (int j = 0; j < count; j++) {
      if (factors.length == 0 || factors[j] != 0) {
        double[] row = law.row(from + j);
        for (int c = 0; c < row.length; c++) {
          columns[c][j] = row[c];
        }
      }
    }
    return columns;
  }

  /** The sign of the entry of largest size, the first among equals; 1 for zeros. */
  static double sign(double[] x) {
    int largest = 0;
    for (int i = 1; i < x.length; i++) {
      if (Math.abs(x[i]) > Math.abs(x[largest])) {
        largest = i;
      }
    }
    return x[largest] < 0 ? -1 : 1;
  }

  /** The largest entry of |G - I| for a Gram matrix by its rows. */
  static double departure(double[][] gram) {
    double largest = 0;
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j <= i; j++) {
        largest = Math.max(largest, Math.abs(gram[i][j] - (i == j ? 1 : 0)));
      }
    }
    return largest;
  }

  /** The rows of the matrix with these columns, each entry times the factor of its row. */
  static double[][] rows(double[][] columns, double[] factors) {
    int n = columns[0].length;
    double[][] rows = new double[n][columns.length];
    for (int c = 0; c < columns.length; c++) {
      for (int j = 0; j < n; j++) {
        rows[j][c] = factors.length == 0 ? columns[c][j] : factors[j] * columns[c][j];
      }
    }
    return rows;
  }
}
