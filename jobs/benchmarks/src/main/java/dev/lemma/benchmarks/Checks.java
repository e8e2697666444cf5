// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

/** That both sides of a comparison solved the same problem. */
final class Checks {
  private Checks() {}

  /** All entries agree within a tolerance relative to the largest. */
  static void same(float[] a, float[] b, double tolerance) {
    double largest = 0;
    double apart = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i]));
      apart = Math.max(apart, Math.abs((double) a[i] - b[i]));
    }
    require(largest > 0 && apart <= tolerance * largest, apart, tolerance * largest);
  }

  /** All entries agree within a tolerance relative to the largest. */
  static void same(double[] a, double[] b, double tolerance) {
    double largest = 0;
    double apart = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i]));
      apart = Math.max(apart, Math.abs(a[i] - b[i]));
    }
    require(largest > 0 && apart <= tolerance * largest, apart, tolerance * largest);
  }

  /**
   * Two projections of the same rows keep the same total of squares within a relative tolerance.
   */
  static void sameNorm(float[] a, float[] b, double tolerance) {
    double ratio = squares(a) / squares(b);
    require(Math.abs(ratio - 1) <= tolerance, ratio - 1, tolerance);
  }

  private static double squares(float[] x) {
    double sum = 0;
    for (float value : x) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static void require(boolean holds, double found, double expected) {
    if (!holds) {
      throw new IllegalStateException(
          "the two sides of a benchmark disagree: apart by " + found + ", expected " + expected);
    }
  }
}
