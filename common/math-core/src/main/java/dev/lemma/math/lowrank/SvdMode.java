// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** How a power step reads A. */
public enum SvdMode {
  /**
   * (A'A) W in one read. Singular values below 1e-8 of the largest may be lost to the squared
   * spectrum and are cut off.
   */
  POWER,
  /**
   * A W and A'Q in a read each, with Q the orthonormal factor of A W: nothing is squared, and
   * values down to rounding noise are found.
   */
  TWO_SIDED
}
