// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** Operations on tall matrices that are held by their columns, each an array of its own. */
final class TallColumns {
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

  /** y += a x. */
  static void addScaled(double a, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += a * x[i];
    }
  }

  /** The combination of the columns with these weights; more columns than weights are ignored. */
  static double[] combine(double[][] columns, double[] weights) {
    double[] sum = new double[columns[0].length];
    for (int c = 0; c < weights.length; c++) {
      if (weights[c] != 0) {
        addScaled(weights[c], columns[c], sum);
      }
    }
    return sum;
  }

  /** The product of columns with a matrix of as many rows, r numbers each: r columns. */
  static double[][] multiply(double[][] columns, double[][] rows) {
    int rank = rows.length == 0 ? 0 : rows[0].length;
    double[][] product = new double[rank][columns[0].length];
    for (int c = 0; c < rank; c++) {
      for (int i = 0; i < rows.length; i++) {
        if (rows[i][c] != 0) {
          addScaled(rows[i][c], columns[i], product[c]);
        }
      }
    }
    return product;
  }

  /** Subtracts from a vector its part in the span of orthonormal columns, twice. */
  static void deflate(double[] x, double[][] orthonormal) {
    for (int time = 0; time < 2; time++) {
      for (double[] column : orthonormal) {
        addScaled(-dot(column, x), column, x);
      }
    }
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

  /** The largest entry of |X'X - I|. */
  static double departure(double[][] columns) {
    double largest = 0;
    for (int i = 0; i < columns.length; i++) {
      for (int j = 0; j <= i; j++) {
        double target = i == j ? 1 : 0;
        largest = Math.max(largest, Math.abs(dot(columns[i], columns[j]) - target));
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
