// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * What {@link MatrixFree} came to.
 *
 * @param ladder the model, calibrated, and what each pass bought; without standard errors
 * @param rho the share by which the covariance was shrunk; 0 for a ridge
 * @param deviations of each feature over all rows, d numbers
 * @param residuals the largest relative residual of all right sides after each step
 * @param converged whether the last of them is as small as was asked for
 */
public record MatrixFreeResult(
    LadderResult ladder,
    double rho,
    double[] deviations,
    List<Double> residuals,
    boolean converged) {
  /** Copies the list. */
  public MatrixFreeResult {
    residuals = List.copyOf(residuals);
  }

  /** Steps of conjugate gradients, each a pass over the rows. */
  public int steps() {
    return residuals.size();
  }

  /** The last residual, 0 where there was nothing to solve. */
  public double residual() {
    return residuals.isEmpty() ? 0 : residuals.get(residuals.size() - 1);
  }
}
