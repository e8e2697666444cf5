// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.io.Serializable;

/** An n x l matrix W by its rows, that the rows of A are multiplied by. */
public sealed interface Basis extends Serializable permits GaussianBasis, GivenBasis {
  /** l. */
  int columns();

  /**
   * Row j of W: l numbers, not to be changed.
   *
   * @param j from 0 to n - 1
   */
  double[] row(int j);
}
