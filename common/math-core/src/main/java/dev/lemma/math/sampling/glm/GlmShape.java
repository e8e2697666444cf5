// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import java.io.Serializable;
import java.util.Objects;

/**
 * The size of a generalised linear model whose rows are independent given the coefficients.
 *
 * @param likelihood any but {@link Likelihood#LINEAR}, which needs {@link LinearStatistics} alone
 * @param columns d, numbers of a row x, a constant 1 among them where there is an intercept
 * @param classes K of {@link Likelihood#SOFTMAX}, 2 for the others
 */
public record GlmShape(Likelihood likelihood, int columns, int classes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks ranges. */
  public GlmShape {
    Objects.requireNonNull(likelihood, "likelihood");
    if (likelihood == Likelihood.LINEAR) {
      throw new IllegalArgumentException("a linear model is a matter of LinearStatistics");
    }
    if (columns < 1) {
      throw new IllegalArgumentException("columns must be at least 1, found " + columns);
    }
    if (classes < 2 || likelihood != Likelihood.SOFTMAX && classes != 2) {
      throw new IllegalArgumentException(
          "classes must be at least 2, and 2 but for softmax, found " + classes);
    }
    Math.multiplyExact(columns, classes - 1);
  }

  /** A model with one linear predictor. */
  public static GlmShape of(Likelihood likelihood, int columns) {
    return new GlmShape(likelihood, columns, 2);
  }

  /** Linear predictors of a row: K - 1. */
  public int predictors() {
    return classes - 1;
  }

  /** Number of coefficients p = (K - 1) d: b_1, then b_2, ... */
  public int parameters() {
    return columns * predictors();
  }
}
