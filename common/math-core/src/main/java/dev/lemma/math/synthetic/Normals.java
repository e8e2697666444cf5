// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.synthetic;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/** Vectors of standard Gaussians by address. */
final class Normals {
  private Normals() {}

  /** Fills the array with the Gaussians of (entity, index), four from a block. */
  static void fill(StreamKey key, long entity, long index, double[] out) {
    long[] block = new long[4];
    double[] four = new double[4];
    for (int j = 0; j < out.length; j += 4) {
      key.block(entity, index, 0, j / 4, block);
      Variates.gaussians(block, four, 0);
      System.arraycopy(four, 0, out, j, Math.min(4, out.length - j));
    }
  }
}
