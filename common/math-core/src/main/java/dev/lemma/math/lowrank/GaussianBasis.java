// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/**
 * Independent standard Gaussians as a function of their place: the entity of the counter is the
 * row, the block four columns. Nothing is stored, and any machine makes the rows that it needs.
 *
 * @param seed the user's
 * @param stream purpose, see {@link StreamKey}
 * @param index which of the matrices under the key
 * @param columns l, at least 1
 */
public record GaussianBasis(long seed, long stream, long index, int columns) implements Basis {
  /** Name of the stream. */
  public static final String STREAM = "svd/basis";

  /** Checks l. */
  public GaussianBasis {
    if (columns < 1) {
      throw new IllegalArgumentException("a basis has at least 1 column, found " + columns);
    }
  }

  /**
   * The matrix of a seed.
   *
   * @param seed the user's
   * @param index which of the matrices of the seed
   * @param columns l, at least 1
   */
  public static GaussianBasis of(long seed, long index, int columns) {
    return new GaussianBasis(seed, StreamKey.of(seed, STREAM).stream(), index, columns);
  }

  @Override
  public double[] row(int j) {
    double[] row = new double[columns + 3 & -4];
    long[] block = new long[4];
    StreamKey key = new StreamKey(seed, stream);
    for (int c = 0; c < columns; c += 4) {
      key.block(j, index, 0, c / 4, block);
      Variates.gaussians(block, row, c);
    }
    return row.length == columns ? row : Arrays.copyOf(row, columns);
  }
}
