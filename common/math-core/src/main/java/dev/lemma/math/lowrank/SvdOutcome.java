// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** What came of a decomposition. */
public sealed interface SvdOutcome permits SvdFactors, Decomposition, SvdOutcome.Failure {
  /**
   * There is nothing to return.
   *
   * @param reason why
   */
  record Failure(Reason reason) implements SvdOutcome {}

  /** Why there is no decomposition. */
  enum Reason {
    /** A has no rows. */
    NO_ROWS,
    /** The prepared matrix is zero: without a centre all rows are zero, with one all are equal. */
    ZERO_MATRIX,
    /** A sum has left the range of double. */
    OVERFLOW,
    /** The decomposition of the small core did not come to an end. */
    NOT_CONVERGED
  }
}
