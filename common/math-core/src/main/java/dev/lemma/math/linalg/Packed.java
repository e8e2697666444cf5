// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/**
 * Loops over the columns of packed upper matrices, which lie one behind the other: column j begins
 * at j (j + 1) / 2 and has j + 1 numbers.
 */
final class Packed {
  private Packed() {}

  /** Where column j begins. */
  static int column(int j) {
    return (int) ((long) j * (j + 1) / 2);
  }

  /** Four sums side by side, joined in pairs: the order is part of the result. */
  static double dot(double[] a, int from, double[] b, int other, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      s0 += a[from + i] * b[other + i];
      s1 += a[from + i + 1] * b[other + i + 1];
      s2 += a[from + i + 2] * b[other + i + 2];
      s3 += a[from + i + 3] * b[other + i + 3];
    }
    for (; i < length; i++) {
      s0 += a[from + i] * b[other + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** y += c x. */
  static void addScaled(double c, double[] x, int from, double[] y, int to, int length) {
    for (int i = 0; i < length; i++) {
      y[to + i] += c * x[from + i];
    }
  }

  static double absoluteSum(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += Math.abs(value);
    }
    return sum;
  }

  /** The largest absolute column sum of the symmetric matrix. */
  static double oneNorm(double[] packed, int dimension) {
    double[] sums = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      int column = column(j);
      for (int i = 0; i < j; i++) {
        double size = Math.abs(packed[column + i]);
        sums[i] += size;
        sums[j] += size;
      }
      sums[j] += Math.abs(packed[column + j]);
    }
    double largest = 0;
    for (double sum : sums) {
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
