// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/** Matrices for tests, packed upper, column-major. */
final class Matrices {
  private Matrices() {}

  /** Standard Gaussians. */
  static double[] vector(int length, long seed) {
    StreamKey key = StreamKey.of(seed, "test/matrices");
    long[] words = new long[4];
    double[] four = new double[4];
    double[] vector = new double[length];
    for (int i = 0; i < length; i++) {
      key.block(i, 0, 0, 0, words);
      Variates.gaussians(words, four, 0);
      vector[i] = four[0];
    }
    return vector;
  }

  /** X'X of n rows of d Gaussians. */
  static double[] gram(int d, int n, long seed) {
    return gramOf(vector(n * d, seed), n, d);
  }

  static double[] gramOf(double[] rows, int n, int d) {
    double[] gram = new double[d * (d + 1) / 2];
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < d; j++) {
        for (int i = 0; i <= j; i++) {
          gram[j * (j + 1) / 2 + i] += rows[r * d + i] * rows[r * d + j];
        }
      }
    }
    return gram;
  }

  static double[] correlation(double[] a) {
    int d = (int) ((Math.sqrt(8.0 * a.length + 1) - 1) / 2);
    double[] scaled = new double[a.length];
    for (int j = 0; j < d; j++) {
      for (int i = 0; i <= j; i++) {
        scaled[j * (j + 1) / 2 + i] = at(a, i, j) / Math.sqrt(at(a, i, i) * at(a, j, j));
      }
    }
    return scaled;
  }

  static double at(double[] a, int i, int j) {
    int high = Math.max(i, j);
    return a[high * (high + 1) / 2 + Math.min(i, j)];
  }

  static double[] times(double[] a, double[] x) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        product[i] += at(a, i, j) * x[j];
      }
    }
    return product;
  }
}
