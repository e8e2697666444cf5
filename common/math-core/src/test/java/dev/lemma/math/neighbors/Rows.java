// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.Gaussians;
import dev.lemma.math.random.StreamKey;
import java.util.ArrayList;
import java.util.List;

/** Rows for the tests of this package. */
final class Rows {
  private Rows() {}

  /** n x d standard Gaussians. */
  static float[] gaussian(long seed, int n, int d) {
    Gaussians gaussians = new Gaussians(StreamKey.of(seed, "test/neighbors"));
    double[] row = new double[d];
    float[] rows = new float[n * d];
    for (int i = 0; i < n; i++) {
      gaussians.fill(i, 0, 0, row, 0, d);
      for (int j = 0; j < d; j++) {
        rows[i * d + j] = (float) row[j];
      }
    }
    return rows;
  }

  /** Groups of rows about Gaussian centres. */
  static float[] clustered(long seed, int n, int d, int size, double noise) {
    float[] centres = gaussian(seed, (n + size - 1) / size, d);
    float[] rows = gaussian(seed + 1, n, d);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        rows[i * d + j] = (float) (centres[i / size * d + j] + noise * rows[i * d + j]);
      }
    }
    return rows;
  }

  /** Leaves one entry in so many. */
  static float[] thinned(float[] rows, int keep) {
    float[] thin = rows.clone();
    for (int e = 0; e < thin.length; e++) {
      if (e * 2654435761L % 1000 * keep >= 1000) {
        thin[e] = 0;
      }
    }
    return thin;
  }

  /** The sparse row of a stretch of a dense block; its zeros are left out. */
  static SparseRow sparse(float[] rows, int i, int d) {
    SparseRow row = new SparseRow();
    for (int j = 0; j < d; j++) {
      if (rows[i * d + j] != 0) {
        row.append(j, rows[i * d + j]);
      }
    }
    return row;
  }

  /** The sparse block of a dense one. */
  static RowBlock sparseBlock(float[] rows, int n, int d) {
    int[] starts = new int[n + 1];
    long[] ids = new long[n * d];
    float[] values = new float[n * d];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        if (rows[i * d + j] != 0) {
          ids[at] = j;
          values[at++] = rows[i * d + j];
        }
      }
      starts[i + 1] = at;
    }
    return RowBlock.sparse(starts, ids, values);
  }

  /** One pair of rows with its distance. */
  record Pair(int left, int right, double distance) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      return left != other.left
          ? Integer.compare(left, other.left)
          : Integer.compare(right, other.right);
    }
  }

  /** Collects pairs. */
  static final class Pairs implements PairSink {
    private final List<Pair> pairs = new ArrayList<>();

    @Override
    public void accept(int left, int right, double distance) {
      pairs.add(new Pair(left, right, distance));
    }

    List<Pair> sorted() {
      return pairs.stream().sorted().toList();
    }
  }
}
