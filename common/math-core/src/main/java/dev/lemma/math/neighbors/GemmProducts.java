// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.linalg.Gemm;

/** Dense products by a library, for some left rows at a time. */
final class GemmProducts implements Products {
  private static final int ROWS = 128;

  private final RowBlock left;
  private final RowBlock right;
  private final Gemm gemm;
  private final int d;
  // d x COLUMNS, row-major: the tile transposed.
  private final float[] tile;
  private final float[] products = new float[ROWS * COLUMNS];
  private final float[] sums = new float[COLUMNS];
  private int first;

  GemmProducts(RowBlock left, RowBlock right, Gemm gemm) {
    this.left = left;
    this.right = right;
    this.gemm = gemm;
    d = left.dimension();
    tile = new float[Math.multiplyExact(d, COLUMNS)];
  }

  @Override
  public int load(int from) {
    int count = Math.min(COLUMNS, right.size() - from);
    float[] values = right.values();
    for (int j = 0; j < d; j++) {
      int at = right.start(from) + j;
      for (int c = 0; c < COLUMNS; c++) {
        tile[j * COLUMNS + c] = c < count ? values[at + c * d] : 0;
      }
    }
    first = -1;
    return count;
  }

  @Override
  public float[] row(int i) {
    if (first < 0 || i < first || i >= first + ROWS) {
      first = i;
      int rows = Math.min(ROWS, left.size() - i);
      gemm.sgemm(
          rows,
          COLUMNS,
          d,
          1,
          left.values(),
          left.start(i),
          d,
          tile,
          0,
          COLUMNS,
          0,
          products,
          0,
          COLUMNS);
    }
    System.arraycopy(products, (i - first) * COLUMNS, sums, 0, COLUMNS);
    return sums;
  }
}
