// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** How much a {@link Probe} asks of a pass, each including what comes before it. */
public enum PassDetail {
  /** Losses along the line only: 2 d flops a row and score. */
  LOSS,
  /** And the gradient at the first step: 4 d flops a row and score. */
  GRADIENT,
  /** And the Hessian at the first step: d^2 flops a row and pair of scores. */
  HESSIAN,
  /** And the sum of the outer products of the rows' gradients, for robust standard errors. */
  OUTER_PRODUCTS
}
