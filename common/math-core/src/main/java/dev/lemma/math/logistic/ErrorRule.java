// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** Where the standard errors of a {@link Ladder} shall come from. */
public enum ErrorRule {
  /** From the last derivatives where there are some, else from the moments. */
  AUTO,
  /** From the moments: {@link ErrorBasis#CLOSED_FORM}. */
  CLOSED_FORM,
  /** {@link ErrorBasis#SANDWICH}, by sums over the rows of a pass that is made anyway. */
  SANDWICH,
  /** From the last derivatives: {@link ErrorBasis#FISHER}. */
  FISHER
}
