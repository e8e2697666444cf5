// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import dev.lemma.math.linalg.SparseRow;

/**
 * The m frequencies of a specification as a matrix W (m x d) that rows are multiplied by: Wx times
 * one scale, in one order of additions for sparse and dense rows. Holds buffers; not thread-safe.
 */
sealed interface Frequencies permits DenseFrequencies, HadamardFrequencies {
  /**
   * The frequencies of a specification.
   *
   * @param scale what products are multiplied by at the end: one over the bandwidth, and over 2 pi
   *     for phases in turns
   */
  static Frequencies of(FeatureSpec spec, double scale) {
    return switch (spec.frequencies()) {
      case IID, ORTHOGONAL -> DenseFrequencies.of(spec, scale);
      case HADAMARD -> new HadamardFrequencies(spec, scale);
    };
  }

  /** The m products of a row, which has ids in ascending order, at {@code out[0 .. m - 1]}. */
  void multiply(SparseRow row, float[] out);

  /** The twin of {@link #multiply(SparseRow, float[])} in binary64. */
  void multiply(SparseRow row, double[] out);
}
