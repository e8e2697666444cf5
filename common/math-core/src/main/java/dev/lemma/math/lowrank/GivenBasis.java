// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/**
 * A basis held in memory: 8 n l bytes.
 *
 * @param rows n rows of l numbers each; taken as they are, not to be changed afterwards
 */
public record GivenBasis(double[][] rows) implements Basis {
  /** Checks the shape. */
  public GivenBasis {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("a basis has at least one row and one column");
    }
  }

  @Override
  public int columns() {
    return rows[0].length;
  }

  @Override
  public double[] row(int j) {
    return rows[j];
  }
}
