// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

/** Numbers to compute with, made without the generator that is under test. */
final class PlainNumbers {
  private PlainNumbers() {}

  /** Whole numbers of -8 to 8. */
  static double[] wholes(int n, long salt) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = (mixed(i + salt * n) >>> 33) % 17 - 8;
    }
    return values;
  }

  /** Numbers in [-1, 1), all bits in use. */
  static double[] reals(int n, long salt) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = (mixed(i + salt * n) >> 11) * 0x1p-52;
    }
    return values;
  }

  /** The finaliser of MurmurHash3, a bijection of 64 bits. */
  private static long mixed(long x) {
    long z = (x + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 33) * 0xFF51AFD7ED558CCDL;
    z = (z ^ z >>> 33) * 0xC4CEB9FE1A85EC53L;
    return z ^ z >>> 33;
  }
}
