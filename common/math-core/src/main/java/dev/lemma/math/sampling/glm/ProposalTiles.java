// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * Proposals cut into tiles of at most {@link #MOST}, each with one array for every coefficient, so
 * that the loops of the kernel run over proposals side by side. What is left of the last tile is
 * zero.
 */
final class ProposalTiles {
  /** Proposals side by side: coefficients and partial sums stay in the nearest cache. */
  static final int MOST = 64;

  /** The widest vectors hold so many. */
  private static final int STEP = 8;

  private final int count;
  private final int width;
  private final double[][][] tiles;

  private ProposalTiles(int count, int width, double[][][] tiles) {
    this.count = count;
    this.width = width;
    this.tiles = tiles;
  }

  /**
   * @param proposals count x p numbers, row by row
   * @param parameters p
   */
  static ProposalTiles of(double[] proposals, int count, int parameters) {
    int width = Math.min(MOST, (count + STEP - 1) / STEP * STEP);
    double[][][] tiles = new double[(count + MOST - 1) / MOST][parameters][width];
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < parameters; j++) {
        tiles[c / MOST][j][c % MOST] = proposals[c * parameters + j];
      }
    }
    return new ProposalTiles(count, width, tiles);
  }

  /** Numbers side by side, those of the filling among them. */
  int width() {
    return width;
  }

  /** Number of tiles. */
  int tiles() {
    return tiles.length;
  }

  /** The coefficients of tile t: p arrays of {@link #width} numbers. */
  double[][] tile(int t) {
    return tiles[t];
  }

  /** How many of tile t are proposals and no filling. */
  int filled(int t) {
    return Math.min(MOST, count - t * MOST);
  }
}
