// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** Where the standard errors of a {@link LadderResult} come from. */
public enum ErrorBasis {
  /** {@link ClosedFormErrors}: of the unshrunk pooled model, for Gaussian classes. */
  CLOSED_FORM,
  /** {@link StandardErrors#fisher} at the point of the last derivatives, conditional on lambda. */
  FISHER,
  /**
   * From the spread of what single rows do to the coefficients, whatever the law of the rows:
   * {@link StandardErrors#robust} after Newton steps, else {@link InfluenceSums}, of the unshrunk
   * pooled model.
   */
  SANDWICH,
  /** None could be had. */
  NONE
}
