// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.OptionalLong;

/** Specifications and rows that tests share. */
final class Specs {
  static final double DENSITY = 0.3;

  private Specs() {}

  /** A specification over d features, with 4 signs (or k if fewer) or density 0.3. */
  static ProjectionSpec of(Family family, long seed, int k, long d) {
    return make(family, seed, k, OptionalLong.of(d));
  }

  /** The same over all 64-bit ids. */
  static ProjectionSpec open(Family family, long seed, int k) {
    return make(family, seed, k, OptionalLong.empty());
  }

  private static ProjectionSpec make(Family family, long seed, int k, OptionalLong d) {
    int nonzeros = family == Family.SPARSE_SIGN ? Math.min(k, 4) : 0;
    double density = family == Family.VERY_SPARSE ? DENSITY : 0;
    return new ProjectionSpec(family, seed, k, d, nonzeros, density);
  }

  /** n Gaussians that depend on a number. */
  static double[] gaussians(int number, int n) {
    StreamKey key = StreamKey.of(number, "test/gaussians");
    long[] words = new long[4];
    double[] four = new double[4];
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      key.block(i, 0, 0, 0, words);
      Variates.gaussians(words, four, 0);
      out[i] = four[0];
    }
    return out;
  }

  /** A vector of length 1. */
  static double[] unit(double... u) {
    double norm = Math.sqrt(dot(u, u));
    double[] out = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      out[i] = u[i] / norm;
    }
    return out;
  }

  /** The sum of fourth powers. */
  static double q4(double[] u) {
    double sum = 0;
    for (double x : u) {
      sum += x * x * x * x;
    }
    return sum;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static float[] floats(double[] x) {
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = (float) x[i];
    }
    return out;
  }

  /** All entries of a row, zeros included. */
  static SparseRow allEntries(double[] row) {
    SparseRow out = new SparseRow();
    for (int j = 0; j < row.length; j++) {
      out.append(j, row[j]);
    }
    return out;
  }

  /** The entries of a row that are not zero. */
  static SparseRow nonZeros(double[] row) {
    SparseRow out = new SparseRow();
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0) {
        out.append(j, row[j]);
      }
    }
    return out;
  }
}
