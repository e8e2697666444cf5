// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * R[c][j] = g[c][j] / sqrt(k) with independent standard Gaussians g: k |Ru|<sup>2</sup> follows the
 * chi-square law with k degrees of freedom for every unit vector u.
 *
 * <p><b>Entries.</b> Stream {@code projection/gaussian}; those of feature j for the outputs 4b ..
 * 4b + 3 are the four {@link Variates#gaussians} of the block at (entity = j, index = b, lane = 0,
 * block = 0).
 *
 * <p><b>Additions.</b> {@link GroupSums}, then times 1/sqrt(k).
 *
 * <p><b>Cost.</b> An entry takes 34 ns to make, several hundred times what it takes to use (0.06 ns
 * at k = 512, from near memory; JDK 17, one core of an AMD EPYC of family 26, machine under load):
 * columns are kept, all of them where d is known and d x k fits ({@link DenseColumns#of}), else
 * those of hot features ({@link ColumnCache}).
 */
final class GaussianProjection {
  private GaussianProjection() {}

  static DenseProjection of(ProjectionSpec spec) {
    StreamKey key = StreamKey.of(spec.seed(), "projection/gaussian");
    DenseColumns columns = DenseColumns.of(spec, (feature, column) -> fill(key, feature, column));
    return new DenseProjection(spec, columns, 1 / Math.sqrt(spec.k()), 2.0 / spec.k());
  }

  /** Standard Gaussians by feature and output, also those of the orthonormal family. */
  static void fill(StreamKey key, long feature, double[] column) {
    long[] words = new long[Philox4x64.WORDS];
    double[] four = new double[Philox4x64.WORDS];
    for (int c = 0; c < column.length; c += four.length) {
      key.block(feature, c / four.length, 0, 0, words);
      Variates.gaussians(words, four, 0);
      System.arraycopy(four, 0, column, c, Math.min(four.length, column.length - c));
    }
  }
}
