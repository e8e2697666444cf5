// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** How a loss on rows left out was found. */
public enum LossBasis {
  /** From the moments of the fold left out, scores counting as Gaussian within a class. */
  GAUSSIAN,
  /** From loss, gradient and Hessian of the fold left out at a point nearby. */
  QUADRATIC,
  /** Row by row, by models made without the row's fold. */
  MEASURED,
  /** Row by row on the rows that the model was fitted to: too good for rows it has not seen. */
  IN_SAMPLE,
  /** Not at all. */
  NONE
}
