// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * One row less its class's pilot, y = x - p, times the square root of its weight, followed by two
 * more entries: that root, and |y|<sup>2</sup> times that root. The products of these d + 2 entries
 * summed over rows are the scatter, the sum, and the third and fourth sums about the pilot.
 *
 * <p>Dense and sparse form hold the same numbers: |y|<sup>2</sup> is summed in eight lanes, feature
 * j in lane j mod 8, and zeros change nothing.
 */
final class ShiftedRow {
  private final int features;

  /** The dense form, d + 2 entries. */
  final double[] dense;

  /** Ascending indices of the sparse form. */
  final int[] indices;

  /** Values of the sparse form. */
  final double[] values;

  /** Entries of the sparse form. */
  int count;

  /** Square root of the weight. */
  double root;

  private final double[] lanes = new double[8];

  ShiftedRow(int features) {
    this.features = features;
    this.dense = new double[features + 2];
    this.indices = new int[features + 2];
    this.values = new double[features + 2];
  }

  /** Puts a row of the block into the dense form. */
  void loadDense(RowBlock block, int r, double[] pilot) {
    double[] y = dense;
    int at = block.start(r);
    if (block.isSparse(r)) {
      Arrays.fill(y, 0, features, 0);
      int indexAt = block.indexStart(r);
      for (int q = 0; q < block.length(r); q++) {
        y[block.indices()[indexAt + q]] = block.values()[at + q];
      }
      subtract(y, y, pilot);
      complete(block.weight(r));
    } else {
      shift(block.weight(r), block.values(), at, pilot);
    }
  }

  /** Puts d features into the dense form that begin at this place. */
  void shift(double w, double[] x, int at, double[] pilot) {
    double[] from = x;
    if (at != 0) {
      // The compiler vectorises where all arrays are indexed from zero.
      System.arraycopy(x, at, dense, 0, features);
      from = dense;
    }
    subtract(dense, from, pilot);
    complete(w);
  }

  private static void subtract(double[] y, double[] x, double[] pilot) {
    for (int j = 0; j < pilot.length; j++) {
      y[j] = x[j] - pilot[j];
    }
  }

  private void complete(double w) {
    double[] y = dense;
    double square = squaredNorm(y, features);
    root = Math.sqrt(w);
    if (root != 1) {
      for (int j = 0; j < features; j++) {
        y[j] *= root;
      }
    }
    y[features] = root;
    y[features + 1] = root * square;
  }

  /** Puts a sparse row of the block into the sparse form. */
  void loadSparse(RowBlock block, int r, double[] pilot, int[] support) {
    Arrays.fill(lanes, 0);
    root = Math.sqrt(block.weight(r));
    count = 0;
    int[] from = block.indices();
    int q = block.indexStart(r);
    int end = q + block.length(r);
    int shift = block.start(r) - q;
    int s = 0;
    while (q < end || s < support.length) {
      int j = q < end ? from[q] : features;
      if (s < support.length && support[s] < j) {
        j = support[s++];
        append(j, -pilot[j]);
      } else {
        if (s < support.length && support[s] == j) {
          s++;
        }
        append(j, block.values()[shift + q++] - pilot[j]);
      }
    }
    indices[count] = features;
    values[count++] = root;
    indices[count] = features + 1;
    values[count++] = root * sum(lanes);
  }

  private void append(int j, double y) {
    if (y != 0) {
      lanes[j & 7] = Math.fma(y, y, lanes[j & 7]);
      indices[count] = j;
      values[count++] = y * root;
    }
  }

  private static double squaredNorm(double[] y, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = length & -8;
    for (int j = 0; j < whole; j += 8) {
      s0 = Math.fma(y[j], y[j], s0);
      s1 = Math.fma(y[j + 1], y[j + 1], s1);
      s2 = Math.fma(y[j + 2], y[j + 2], s2);
      s3 = Math.fma(y[j + 3], y[j + 3], s3);
      s4 = Math.fma(y[j + 4], y[j + 4], s4);
      s5 = Math.fma(y[j + 5], y[j + 5], s5);
      s6 = Math.fma(y[j + 6], y[j + 6], s6);
      s7 = Math.fma(y[j + 7], y[j + 7], s7);
    }
    int rest = length - whole;
    s0 = rest > 0 ? Math.fma(y[whole], y[whole], s0) : s0;
    s1 = rest > 1 ? Math.fma(y[whole + 1], y[whole + 1], s1) : s1;
    s2 = rest > 2 ? Math.fma(y[whole + 2], y[whole + 2], s2) : s2;
    s3 = rest > 3 ? Math.fma(y[whole + 3], y[whole + 3], s3) : s3;
    s4 = rest > 4 ? Math.fma(y[whole + 4], y[whole + 4], s4) : s4;
    s5 = rest > 5 ? Math.fma(y[whole + 5], y[whole + 5], s5) : s5;
    s6 = rest > 6 ? Math.fma(y[whole + 6], y[whole + 6], s6) : s6;
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  private static double sum(double[] s) {
    return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
  }
}
