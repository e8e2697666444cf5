// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** Arithmetic of short vectors, in index order. */
final class MomentVectors {
  private MomentVectors() {}

  /** a'b. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  /** A new vector, alpha v. */
  static double[] scaled(double alpha, double[] v) {
    double[] out = new double[v.length];
    for (int j = 0; j < v.length; j++) {
      out[j] = alpha * v[j];
    }
    return out;
  }

  /** A new vector, a + alpha b. */
  static double[] sum(double[] a, double alpha, double[] b) {
    double[] out = new double[a.length];
    for (int j = 0; j < a.length; j++) {
      out[j] = a[j] + alpha * b[j];
    }
    return out;
  }

  static boolean anyNaN(double[] v) {
    for (double x : v) {
      if (Double.isNaN(x)) {
        return true;
      }
    }
    return false;
  }
}
