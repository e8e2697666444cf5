// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * Proposals cut into tiles of {@link #WIDTH}, each with one array for every coefficient, so that
 * the loops of the kernel run over proposals side by side. The last tile is filled up with zeros.
 */
final class ProposalTiles {
  /** Proposals side by side: a few cache lines, and the same trip count in every loop. */
  static final int WIDTH = 64;

  private final int count;
  private final double[][][] tiles;

  private ProposalTiles(int count, double[][][] tiles) {
    this.count = count;
    this.tiles = tiles;
  }

  /**
   * @param proposals count x p numbers, row by row
   * @param parameters p
   */
  static ProposalTiles of(double[] proposals, int count, int parameters) {
    double[][][] tiles = new double[(count + WIDTH - 1) / WIDTH][parameters][WIDTH];
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < parameters; j++) {
        tiles[c / WIDTH][j][c % WIDTH] = proposals[c * parameters + j];
      }
    }
    return new ProposalTiles(count, tiles);
  }

  /** Number of proposals. */
  int count() {
    return count;
  }

  /** Number of tiles. */
  int tiles() {
    return tiles.length;
  }

  /** The coefficients of tile t: p arrays of WIDTH numbers. */
  double[][] tile(int t) {
    return tiles[t];
  }

  /** How many of tile t are proposals and no filling. */
  int filled(int t) {
    return Math.min(WIDTH, count - t * WIDTH);
  }
}
