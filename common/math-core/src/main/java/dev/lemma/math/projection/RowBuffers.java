// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/** Working memory of one projection, reused from row to row; made when first asked for. */
final class RowBuffers {
  private final int length;
  private final SparseRow nonZeros = new SparseRow();
  private float[] floats = {};
  private double[] doubles = {};

  /** Buffers whose sums are so long. */
  RowBuffers(int length) {
    this.length = length;
  }

  /**
   * The non-zero entries (NaN included) of a dense row in ascending order; valid until the next.
   */
  SparseRow nonZeros(float[] rows, int at, int d) {
    nonZeros.clear();
    for (int j = 0; j < d; j++) {
      float x = rows[at + j];
      if (x != 0) {
        nonZeros.append(j, x);
      }
    }
    return nonZeros;
  }

  /** The twin of {@link #nonZeros(float[], int, int)} in binary64. */
  SparseRow nonZeros(double[] rows, int at, int d) {
    nonZeros.clear();
    for (int j = 0; j < d; j++) {
      double x = rows[at + j];
      if (x != 0) {
        nonZeros.append(j, x);
      }
    }
    return nonZeros;
  }

  /** The sums, all +0. */
  float[] zeroFloats() {
    if (floats.length != length) {
      floats = new float[length];
    } else {
      Arrays.fill(floats, 0);
    }
    return floats;
  }

  /** The sums, all +0. */
  double[] zeroDoubles() {
    if (doubles.length != length) {
      doubles = new double[length];
    } else {
      Arrays.fill(doubles, 0);
    }
    return doubles;
  }
}
