// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.util.Arrays;

/**
 * Packed scatters in pieces that a row of a table can carry. A row of Spark has at most 2 GB, which
 * a scatter of 23,170 features takes; Parquet's pages end before that, and who reads a row holds
 * several copies of it.
 */
final class ScatterTiles {
  /** Numbers of a tile, 8 MB; up to 1,447 features are one. */
  static final int LENGTH = 1 << 20;

  private ScatterTiles() {}

  /** How many tiles so many numbers make, at least 1. */
  static int count(int length) {
    return Math.max(1, (length - 1) / LENGTH + 1);
  }

  /** Where a tile begins. */
  static int start(int tile) {
    return tile * LENGTH;
  }

  /** How many of so many numbers are in a tile. */
  static int size(int tile, int length) {
    return Math.min(LENGTH, length - start(tile));
  }

  /** The numbers of a tile. */
  static double[] of(double[] packed, int tile) {
    int start = start(tile);
    return Arrays.copyOfRange(packed, start, start + size(tile, packed.length));
  }
}
