// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Optional;

/**
 * What a read of the prepared matrix A summed, with Y = A W T.
 *
 * @param rows number of rows, m
 * @param isFinite whether no sum has left the range of double; if one has, the others mean nothing
 * @param gram Y'Y
 * @param product A'Y, where it was asked for
 * @param squaredNorm ||A||_F squared
 * @param rawSquaredNorm the same of A as it was before its preparation
 */
public record MatrixRead(
    long rows,
    boolean isFinite,
    PackedSymmetric gram,
    Optional<TallMatrix> product,
    double squaredNorm,
    double rawSquaredNorm) {

  /**
   * A read whose tall matrices lie in blocks.
   *
   * @param sums over all rows, without A'Y and the columns of A
   * @param product A'Y, prepared
   */
  public static MatrixRead ofBlocks(
      PowerSums sums, Preparation preparation, Optional<TallMatrix> product, double squaredNorm) {
    // What A'Y holds is at most ||A||_F ||Y||_F: it is finite where these are.
    return new MatrixRead(
        sums.rows(),
        sums.isFinite(),
        PreparedSums.gram(sums, preparation),
        product,
        squaredNorm,
        sums.squaredNorm());
  }
}
