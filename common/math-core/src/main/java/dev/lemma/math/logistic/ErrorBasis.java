// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** Where the standard errors of a {@link LadderResult} come from. */
public enum ErrorBasis {
  /** {@link ClosedFormErrors}: of the unshrunk pooled model, for Gaussian classes. */
  CLOSED_FORM,
  /** {@link StandardErrors#fisher} at the point of the last derivatives, conditional on lambda. */
  FISHER,
  /** None could be had. */
  NONE
}
