// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.util.Optional;

/**
 * An n x c matrix with few columns, one row for each column of A, held whole or in blocks of its
 * rows: all that {@link RandomizedSvd} does with such a matrix. Immutable.
 *
 * <p>Small matrices are arrays of rows. Every implementation adds in an order of its own that never
 * changes, so that its bits follow from those of its entries.
 */
public interface TallMatrix {
  /** c. */
  int columns();

  /**
   * X times a small matrix.
   *
   * @param weights c rows of r numbers each, r at least 1
   * @return n x r
   */
  TallMatrix times(double[][] weights);

  /**
   * The columns of both, those of this first.
   *
   * @param other of the same kind and n
   */
  TallMatrix beside(TallMatrix other);

  /**
   * X'Y, c rows of as many numbers as Y has columns.
   *
   * @param other of the same kind and n
   */
  double[][] inner(TallMatrix other);

  /** The singular triplets; empty if they were not found. */
  Optional<TallSvd> decompose();
}
