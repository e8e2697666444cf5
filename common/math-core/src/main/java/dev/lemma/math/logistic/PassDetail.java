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
  /**
   * And the sum of w&sup2; times the outer products of the rows' gradients, for robust standard
   * errors where weights say how much a row matters.
   */
  OUTER_PRODUCTS,
  /** The same with w in the place of w&sup2;, where a weight counts equal rows. */
  COUNTED_OUTER_PRODUCTS;

  /** What robust standard errors need of rows whose weights mean this. */
  static PassDetail robust(WeightSemantics weights) {
    return switch (weights) {
      case IMPORTANCE -> OUTER_PRODUCTS;
      case FREQUENCY -> COUNTED_OUTER_PRODUCTS;
    };
  }

  /** The weight of a row's outer product. */
  double outerWeight(double weight) {
    return this == COUNTED_OUTER_PRODUCTS ? weight : weight * weight;
  }
}
