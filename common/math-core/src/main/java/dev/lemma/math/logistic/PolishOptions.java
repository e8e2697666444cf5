// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * How far and how a {@link Polish} goes.
 *
 * @param ridge the penalty
 * @param passes largest number of passes over the data, at least 1
 * @param tolerance it ends when half the squared Newton decrement per unit of weight is at most
 *     this
 * @param detail what passes ask for at their point: {@link PassDetail#HESSIAN}, or {@link
 *     PassDetail#OUTER_PRODUCTS} where robust standard errors are wanted
 * @param rows the folds to fit
 */
public record PolishOptions(
    Ridge ridge, int passes, double tolerance, PassDetail detail, FoldChoice rows) {
  /** Checks ranges. */
  public PolishOptions {
    if (passes < 1) {
      throw new IllegalArgumentException("passes: expected at least 1, found " + passes);
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance: expected at least 0, found " + tolerance);
    }
    if (detail.ordinal() < PassDetail.HESSIAN.ordinal()) {
      throw new IllegalArgumentException(
          "detail: expected HESSIAN or OUTER_PRODUCTS, found " + detail);
    }
  }

  /** A few passes over all rows; stops early when 1e-9 per unit of weight is left to gain. */
  public static PolishOptions passes(Ridge ridge, int passes) {
    return new PolishOptions(ridge, passes, 1e-9, PassDetail.HESSIAN, FoldChoice.all());
  }

  /** As many passes as the maximum of the penalised likelihood takes, at most 100. */
  public static PolishOptions toTheMaximum(Ridge ridge) {
    return new PolishOptions(ridge, 100, 1e-11, PassDetail.HESSIAN, FoldChoice.all());
  }
}
