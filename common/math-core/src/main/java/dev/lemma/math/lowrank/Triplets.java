// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.GramSchmidt;
import dev.lemma.math.linalg.SmallSvd;
import java.util.Optional;

/**
 * The singular triplets of Q'A, from its transpose: A'Q = V diag(s) C', so that the left vectors of
 * the projected A are Q C.
 *
 * @param values s, r numbers, descending
 * @param right V: r vectors of n entries
 * @param core C: r vectors of as many entries as Q has columns
 */
record Triplets(double[] values, double[][] right, double[][] core) {
  /**
   * The decomposition.
   *
   * @param columns A'Q by its columns, of n entries each; left as they are
   * @return empty if it was not found
   */
  static Optional<Triplets> of(double[][] columns) {
    double[][] q = new double[columns.length][];
    for (int j = 0; j < q.length; j++) {
      q[j] = columns[j].clone();
    }
    double[][] basis = GramSchmidt.basisInPlace(q);
    double[][] core = new double[columns.length][basis.length];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < basis.length; i++) {
        core[j][i] = TallColumns.dot(basis[i], columns[j]);
      }
    }
    return SmallSvd.of(core).map(svd -> of(svd, basis));
  }

  private static Triplets of(SmallSvd svd, double[][] basis) {
    int rank = basis.length;
    double[] values = new double[rank];
    double[][] left = new double[rank][];
    for (int r = 0; r < rank; r++) {
      left[r] = svd.left(r);
    }
    double[][] right =
        rank == 0 ? left : TallColumns.multiply(basis, SmallRows.transposed(left, rank));
    double[][] core = new double[rank][];
    for (int r = 0; r < rank; r++) {
      values[r] = svd.value(r);
      core[r] = svd.right(r);
      double sign = TallColumns.sign(right[r]);
      TallColumns.scale(right[r], sign);
      TallColumns.scale(core[r], sign);
    }
    return new Triplets(values, right, core);
  }
}
