// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Objects;

/**
 * How {@link MatrixFree} solves.
 *
 * @param shrinkage of the covariance within the classes; {@link Shrinkage.LedoitWolf} asks for more
 *     than is known
 * @param units in which it is shrunk
 * @param weights what weights mean for the number of rows
 * @param residual relative size of the residuals at which the equations count as solved, above 0
 * @param steps most steps of conjugate gradients, each a pass, at least 1
 * @param seed of the probes for the share of shrinkage and of rows sampled for calibration
 */
public record MatrixFreeOptions(
    Shrinkage shrinkage,
    ShrinkageUnits units,
    WeightSemantics weights,
    double residual,
    int steps,
    long seed) {
  /** Checks ranges. */
  public MatrixFreeOptions {
    Objects.requireNonNull(units, "units");
    Objects.requireNonNull(weights, "weights");
    if (shrinkage instanceof Shrinkage.LedoitWolf) {
      throw new IllegalArgumentException(
          "the share of Ledoit and Wolf needs fourth moments, which are not known without a matrix");
    }
    if (!(residual > 0)) {
      throw new IllegalArgumentException("residual must be above 0, found " + residual);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, found " + steps);
    }
  }

  /** Whether the share follows from the size of the covariance, which probes tell. */
  boolean needsProbes() {
    return shrinkage instanceof Shrinkage.Oas || shrinkage instanceof Shrinkage.Rblw;
  }
}
