// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

/**
 * How far conjugate gradients go.
 *
 * @param residual relative size of the residuals at which the equations count as solved, above 0
 * @param most most steps, each a pass over the rows, at least 1
 */
public record Iterations(double residual, int most) {
  /** What fits most rows. */
  public static final Iterations DEFAULT = new Iterations(1e-4, 50);

  /** Checks ranges. */
  public Iterations {
    if (!(residual > 0 && residual < 1)) {
      throw new IllegalArgumentException("residual must lie between 0 and 1, found " + residual);
    }
    if (most < 1) {
      throw new IllegalArgumentException("iterations must be at least 1, found " + most);
    }
  }
}
