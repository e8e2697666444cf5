// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** Why no more triplets were looked for. */
public enum StopReason {
  /** The rank that was asked for is there. */
  RANK_REACHED,
  /**
   * The matrix has no more singular values above rounding noise, or above what the mode resolves.
   */
  RANK_EXHAUSTED,
  /** The error is within the tolerance. */
  TOLERANCE_REACHED,
  /** The most triplets allowed do not bring the error within the tolerance. */
  RANK_CAP
}
