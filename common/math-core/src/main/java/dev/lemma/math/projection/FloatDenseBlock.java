// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Arrays;

/**
 * Sums of dense columns for a block of rows, in binary32, with the additions of {@link GroupSums}.
 * Rows lie side by side in vectors, one for each of four features and one for each output, so that
 * short outputs cost no more than long ones. Zeros are not left out, which changes no bit.
 *
 * <p>Memory 4 KB and 1 KB for each output, of at most 256 at a time. Not thread-safe; allocates
 * nothing after the first block.
 */
final class FloatDenseBlock {
  /**
   * Rows in a block. Constant, for the compiler vectorises by what it saw of the loops' lengths.
   */
  static final int ROWS = 256;

  /** From so many rows on, a block is faster than its rows one by one. */
  static final int WORTHWHILE_ROWS = 96;

  private static final int OUTPUTS = 256;
  private static final int GROUP = 4;

  private final DenseColumns columns;
  private final int d;
  private final int k;
  private final float[][] features = new float[GROUP][ROWS];
  private final float[][] outputs;

  FloatDenseBlock(DenseColumns columns, int d, int k) {
    this.columns = columns;
    this.d = d;
    this.k = k;
    this.outputs = new float[Math.min(OUTPUTS, k)][ROWS];
  }

  /**
   * Projects at most 256 rows of d entries that begin at {@code at}, and multiplies by a scale; k
   * outputs for each row from {@code outAt} on.
   */
  void project(float[] rows, int at, int n, float scale, float[] out, int outAt) {
    for (float[] feature : features) {
      // Lanes without a row: whatever stood there would slow the arithmetic down if subnormal.
      Arrays.fill(feature, n, ROWS, 0);
    }
    for (int first = 0; first < k; first += OUTPUTS) {
      int count = Math.min(OUTPUTS, k - first);
      sum(rows, at, n, first, count);
      store(n, scale, count, out, outAt + first);
    }
  }

  private void sum(float[] rows, int at, int n, int first, int count) {
    for (int c = 0; c < count; c++) {
      Arrays.fill(outputs[c], 0);
    }
    float[] x0 = features[0];
    float[] x1 = features[1];
    float[] x2 = features[2];
    float[] x3 = features[3];
    for (int j = 0; j < d; j += GROUP) {
      load(rows, at + j, n, Math.min(GROUP, d - j));
      // Beyond d the features are zeros, and any column serves.
      float[] c0 = columns.floats(j);
      float[] c1 = j + 1 < d ? columns.floats(j + 1) : c0;
      float[] c2 = j + 2 < d ? columns.floats(j + 2) : c0;
      float[] c3 = j + 3 < d ? columns.floats(j + 3) : c0;
      for (int c = 0; c < count; c++) {
        int place = first + c;
        add(outputs[c], x0, c0[place], x1, c1[place], x2, c2[place], x3, c3[place]);
      }
    }
  }

  private static void add(
      float[] y,
      float[] x0,
      float r0,
      float[] x1,
      float r1,
      float[] x2,
      float r2,
      float[] x3,
      float r3) {
    for (int r = 0; r < ROWS; r++) {
      y[r] += ((r0 * x0[r] + r1 * x1[r]) + r2 * x2[r]) + r3 * x3[r];
    }
  }

  private void load(float[] rows, int at, int n, int width) {
    for (int f = 0; f < GROUP; f++) {
      float[] feature = features[f];
      if (f < width) {
        int i = at + f;
        for (int r = 0; r < n; r++) {
          feature[r] = rows[i];
          i += d;
        }
      } else {
        Arrays.fill(feature, 0);
      }
    }
  }

  private void store(int n, float scale, int count, float[] out, int at) {
    for (int c = 0; c < count; c++) {
      float[] sums = outputs[c];
      int i = at + c;
      for (int r = 0; r < n; r++) {
        out[i] = sums[r] * scale;
        i += k;
      }
    }
  }
}
