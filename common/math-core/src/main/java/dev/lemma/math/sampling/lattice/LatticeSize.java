// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import java.io.Serializable;

/**
 * A square lattice that is periodic in both directions: every site has four neighbours. Even sides
 * let two colours do, as on a chess board; with sides of at least 4 no two sites share two bonds.
 *
 * @param rows even, 4 to {@value #LARGEST}
 * @param columns even, 4 to {@value #LARGEST}
 */
public record LatticeSize(int rows, int columns) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Longest side. */
  public static final int LARGEST = 1 << 20;

  /**
   * Checks both sides.
   *
   * @throws IllegalArgumentException if a side is odd, below 4 or above {@value #LARGEST}
   */
  public LatticeSize {
    check("rows", rows);
    check("columns", columns);
  }

  private static void check(String name, int side) {
    if (side < 4 || side > LARGEST || side % 2 != 0) {
      throw new IllegalArgumentException(
          name + " must be even and lie between 4 and " + LARGEST + ", found " + side);
    }
  }

  /** Number of sites. */
  public long sites() {
    return (long) rows * columns;
  }

  /** Number of bonds, two for each site. */
  public long bonds() {
    return 2 * sites();
  }

  /** Sites of one colour in a row. */
  int half() {
    return columns / 2;
  }

  /** Groups of 8 sites of one colour in a row, each with one block of random bits. */
  int groups() {
    return (half() + SiteUniforms.SITES - 1) / SiteUniforms.SITES;
  }
}
