// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Arrays;

/**
 * The signed and sampled Walsh-Hadamard transform of a block of rows in binary64, with the
 * additions of {@link DoubleWalshHadamard}, for 256 &lt;= p &lt;= 65,536.
 *
 * <p>The levels of stride 256 and more are vectorised along a row. For those below, rows are laid
 * side by side: the block, 65,536 entries, becomes 256 vectors of 256, vector m holding the entries
 * m modulo 256 of all rows, and a stride of 2<sup>j</sup> in the row becomes one of 2<sup>j +
 * 8</sup> in the block, that is the upper levels of a transform of 65,536.
 *
 * <p>Memory: 512 KB, and 24 p bytes. Not thread-safe; allocates nothing.
 */
final class DoubleHadamardBlock {
  private static final int SEGMENT = DoubleWalshHadamard.SEGMENT;
  private static final int LANES = 256;
  private static final int ENTRIES = SEGMENT * LANES;
  private static final int TILE_SEGMENTS = 16;
  private static final int TILE = TILE_SEGMENTS * SEGMENT;

  private final int d;
  private final int p;
  private final double[] signs;
  private final int[] sample;
  private final double scale;
  private final int[] places;
  private final double[] row;
  private final double[] rowMajor;
  private final double[] sideBySide = new double[ENTRIES];

  /**
   * A transform.
   *
   * @param signs d signs
   * @param p d rounded up to a power of two, from 256 to 65,536
   * @param sample coordinates to keep
   */
  DoubleHadamardBlock(double[] signs, int p, int[] sample, double scale) {
    this.d = signs.length;
    this.p = p;
    this.sample = sample;
    this.scale = scale;
    this.places = new int[sample.length];
    for (int c = 0; c < sample.length; c++) {
      places[c] = sample[c] % SEGMENT * LANES + sample[c] / SEGMENT;
    }
    this.row = new double[p];
    this.rowMajor = new double[Math.max(p, TILE)];
    this.signs = new double[rowMajor.length];
    for (int at = 0; at < rowMajor.length; at += p) {
      System.arraycopy(signs, 0, this.signs, at, d);
    }
  }

  /** Whether there is a block transform for a padded dimension. */
  static boolean serves(int p) {
    return p >= SEGMENT && p <= ENTRIES;
  }

  /**
   * Transforms n rows of d entries, row-major, into n x k outputs: full and nearly full blocks side
   * by side, what remains row by row.
   */
  void project(double[] rows, int n, double[] out) {
    int k = sample.length;
    int rowsOfBlock = ENTRIES / p;
    // The second half of the levels costs the same for a block that is nearly empty.
    int worthwhile = Math.max(1, rowsOfBlock / 4);
    int r = 0;
    while (n - r >= worthwhile) {
      int count = Math.min(n - r, rowsOfBlock);
      projectBlock(rows, r * d, count, out, r * k);
      r += count;
    }
    for (; r < n; r++) {
      projectRow(rows, r * d, out, r * k);
    }
  }

  private void projectRow(double[] rows, int at, double[] out, int outAt) {
    System.arraycopy(rows, at, row, 0, d);
    Arrays.fill(row, d, p, 0);
    multiply(row, signs);
    DoubleWalshHadamard.transformInPlace(row);
    keep(row, 0, sample, scale, out, outAt);
  }

  private void projectBlock(double[] rows, int at, int n, double[] out, int outAt) {
    int rowsOfTile = rowMajor.length / p;
    for (int r = 0; r < n; r += rowsOfTile) {
      load(rows, at + r * d, Math.min(rowsOfTile, n - r));
      multiply(rowMajor, signs);
      DoubleWalshHadamard.upperLevelsInPlace(rowMajor, p);
      for (int tile = 0; tile < rowMajor.length; tile += TILE) {
        layAside(rowMajor, tile, sideBySide, (r * p + tile) / SEGMENT);
      }
    }
    DoubleWalshHadamard.upperLevelsInPlace(sideBySide, ENTRIES);
    int k = sample.length;
    for (int r = 0; r < n; r++) {
      keep(sideBySide, r * (p / SEGMENT), places, scale, out, outAt + r * k);
    }
  }

  private void load(double[] rows, int at, int n) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(rows, at + r * d, rowMajor, r * p, d);
      Arrays.fill(rowMajor, r * p + d, (r + 1) * p, 0);
    }
    Arrays.fill(rowMajor, n * p, rowMajor.length, 0);
  }

  /** The sum with +0 leaves no -0: what is absent and what is zero must end in the same bits. */
  private static void multiply(double[] x, double[] signs) {
    for (int i = 0; i < x.length; i++) {
      x[i] = x[i] * signs[i] + 0.0;
    }
  }

  /**
   * Entry m of segment s of a tile goes to vector m, lane {@code lane + s}.
   *
   * <p>Two entries a turn also make this method too long to be inlined. That is on purpose: when
   * JDK 17 compiled all of a block's loops as one method, the whole took half as long again, in
   * most runs; kept apart, in none.
   */
  private static void layAside(double[] tile, int from, double[] vectors, int lane) {
    int to = lane;
    for (int i = from; i < from + SEGMENT; i += 2) {
      int next = to + LANES;
      vectors[to] = tile[i];
      vectors[to + 1] = tile[i + SEGMENT];
      vectors[to + 2] = tile[i + 2 * SEGMENT];
      vectors[to + 3] = tile[i + 3 * SEGMENT];
      vectors[to + 4] = tile[i + 4 * SEGMENT];
      vectors[to + 5] = tile[i + 5 * SEGMENT];
      vectors[to + 6] = tile[i + 6 * SEGMENT];
      vectors[to + 7] = tile[i + 7 * SEGMENT];
      vectors[to + 8] = tile[i + 8 * SEGMENT];
      vectors[to + 9] = tile[i + 9 * SEGMENT];
      vectors[to + 10] = tile[i + 10 * SEGMENT];
      vectors[to + 11] = tile[i + 11 * SEGMENT];
      vectors[to + 12] = tile[i + 12 * SEGMENT];
      vectors[to + 13] = tile[i + 13 * SEGMENT];
      vectors[to + 14] = tile[i + 14 * SEGMENT];
      vectors[to + 15] = tile[i + 15 * SEGMENT];
      vectors[next] = tile[i + 1];
      vectors[next + 1] = tile[i + 1 + SEGMENT];
      vectors[next + 2] = tile[i + 1 + 2 * SEGMENT];
      vectors[next + 3] = tile[i + 1 + 3 * SEGMENT];
      vectors[next + 4] = tile[i + 1 + 4 * SEGMENT];
      vectors[next + 5] = tile[i + 1 + 5 * SEGMENT];
      vectors[next + 6] = tile[i + 1 + 6 * SEGMENT];
      vectors[next + 7] = tile[i + 1 + 7 * SEGMENT];
      vectors[next + 8] = tile[i + 1 + 8 * SEGMENT];
      vectors[next + 9] = tile[i + 1 + 9 * SEGMENT];
      vectors[next + 10] = tile[i + 1 + 10 * SEGMENT];
      vectors[next + 11] = tile[i + 1 + 11 * SEGMENT];
      vectors[next + 12] = tile[i + 1 + 12 * SEGMENT];
      vectors[next + 13] = tile[i + 1 + 13 * SEGMENT];
      vectors[next + 14] = tile[i + 1 + 14 * SEGMENT];
      vectors[next + 15] = tile[i + 1 + 15 * SEGMENT];
      to = next + LANES;
    }
  }

  private static void keep(double[] x, int lane, int[] places, double scale, double[] out, int at) {
    for (int c = 0; c < places.length; c++) {
      out[at + c] = x[lane + places[c]] * scale;
    }
  }
}
