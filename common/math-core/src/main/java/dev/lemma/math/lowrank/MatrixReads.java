// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.lowrank.PassPlan.Products;

/**
 * Reads of one prepared matrix A (m x n). The first, a {@link #start}, also finds out how columns
 * are prepared; all later ones read A as it then is.
 */
public interface MatrixReads {
  /** Number of columns of A, n. */
  int dimension();

  /**
   * Reads A with W a matrix of Gaussians that is nowhere stored.
   *
   * @param start W, n x l
   * @param transform T, l rows; no rows for the identity, which the first read takes
   */
  MatrixRead start(GaussianBasis start, double[][] transform, Products products);

  /**
   * Reads A with a given W.
   *
   * @param w made by this object, or by reads of it
   * @param transform T, as above
   */
  MatrixRead next(TallMatrix w, double[][] transform, Products products);

  /** A matrix of Gaussians, zero where the first read found a column of A to be constant. */
  TallMatrix gaussians(GaussianBasis law);

  /** Columns that standardizing found constant. */
  int constants();
}
