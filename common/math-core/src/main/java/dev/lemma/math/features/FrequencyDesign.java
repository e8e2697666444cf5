// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

/** How the directions of frequencies depend on one another. */
public enum FrequencyDesign {
  /** Independent. */
  IID,
  /**
   * Orthogonal in groups of d: the rows of Haar distributed rotations, each of which has the law of
   * an independent one.
   */
  ORTHOGONAL,
  /**
   * The rows of H D3 H D2 H D1 in groups of p, d rounded up to a power of two: three rounds of
   * random signs and Walsh-Hadamard transforms, orthogonal and close in law to a rotation, at a
   * cost of 3 p log2 p additions a group in place of p d multiplications.
   */
  HADAMARD
}
