// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/**
 * The Walsh-Hadamard transform in natural (Hadamard) order, not normalised: x becomes H x with
 * H[i][j] = (-1)^(number of ones in i AND j). H H = p I.
 *
 * <p>Passes of stride h = 1, 2, 4, ... p/2, each replacing (a, b) at distance h by (a + b, a - b):
 * this order of additions is the transform's definition here, whatever way loops are arranged. p
 * log2 p additions, in place.
 */
final class WalshHadamard {
  private WalshHadamard() {}

  /** Transforms an array whose length is a power of two. */
  static void transformInPlace(float[] x) {
    int p = x.length;
    for (int h = 1; h < p; h *= 2) {
      for (int block = 0; block < p; block += 2 * h) {
        for (int i = block; i < block + h; i++) {
          float a = x[i];
          float b = x[i + h];
          x[i] = a + b;
          x[i + h] = a - b;
        }
      }
    }
  }

  /** The twin of {@link #transformInPlace(float[])} in binary64. */
  static void transformInPlace(double[] x) {
    int p = x.length;
    for (int h = 1; h < p; h *= 2) {
      for (int block = 0; block < p; block += 2 * h) {
        for (int i = block; i < block + h; i++) {
          double a = x[i];
          double b = x[i + h];
          x[i] = a + b;
          x[i + h] = a - b;
        }
      }
    }
  }
}
