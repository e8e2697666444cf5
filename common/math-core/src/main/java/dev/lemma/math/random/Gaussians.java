// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

/**
 * Vectors of independent standard Gaussians by address, four from a block. Holds buffers only: the
 * values are functions of the address. Not thread-safe.
 */
public final class Gaussians {
  private final StreamKey key;
  private final long[] words = new long[Philox4x64.WORDS];
  private final double[] four = new double[4];

  /** The Gaussians of a stream. */
  public Gaussians(StreamKey key) {
    this.key = key;
  }

  /**
   * Fills {@code out[at .. at + count - 1]} with the Gaussians of blocks 0, 1, ... of an address: a
   * longer vector begins with the shorter one.
   */
  public void fill(long entity, long index, long lane, double[] out, int at, int count) {
    for (int j = 0; j < count; j += 4) {
      key.block(entity, index, lane, j / 4, words);
      if (j + 4 <= count) {
        Variates.gaussians(words, out, at + j);
      } else {
        Variates.gaussians(words, four, 0);
        System.arraycopy(four, 0, out, at + j, count - j);
      }
    }
  }
}
