// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** Why a {@link Polish} ended. */
public enum PolishEnd {
  /** The Newton decrement per unit of weight fell below the tolerance. */
  CONVERGED,
  /** As many passes as allowed were made. */
  PASSES_SPENT,
  /**
   * Without a ridge the likelihood has no maximum: some direction separates classes, and along it
   * every Newton step moves the margins by one unit and divides what is left to gain by e, for
   * ever. The coefficients are those of the last step; a ridge makes them finite.
   */
  SEPARATED,
  /** No step along the last direction lowered the objective: rounding is all that is left. */
  STALLED
}
