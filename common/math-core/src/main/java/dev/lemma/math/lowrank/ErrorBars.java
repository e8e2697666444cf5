// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.util.Arrays;
import java.util.Optional;

/**
 * How far above the values of a last step the true ones may lie; NaN where it tells nothing.
 *
 * @param residuals see {@link SvdFigures#residuals}
 * @param upper see {@link SvdFigures#upper}
 * @param certain see {@link SvdFigures#certain}
 * @param missed see {@link SvdFigures#missed}
 */
record ErrorBars(double[] residuals, double[] upper, double[] certain, double missed) {
  private static final double UNIT = 0x1p-52;

  /**
   * The error bars of values.
   *
   * @param errors of the Ritz triplets, or empty
   * @param squaredNorm ||A||_F squared
   * @param tests what Gaussian vectors tell of A (I - WW')
   * @param values found, descending
   * @param rank how many of them are returned
   */
  static ErrorBars of(
      Optional<RitzErrors> errors,
      double squaredNorm,
      TestVectors tests,
      double[] values,
      int rank) {
    double[] residuals = new double[rank];
    Arrays.fill(residuals, Double.NaN);
    if (errors.isEmpty()) {
      return new ErrorBars(residuals, residuals.clone(), residuals.clone(), Double.NaN);
    }
    RitzErrors ritz = errors.get();
    double noise = UNIT * Math.sqrt(squaredNorm);
    double missed = Math.max(noise, Math.min(ritz.missed(squaredNorm), tests.bound()));
    double[] certain = ritz.ends(missed, rank);
    double[] upper = new double[rank];
    for (int r = 0; r < rank; r++) {
      // What rounding took off an end is put back: no value lies above its own bar.
      certain[r] = Math.max(certain[r], values[r]);
      upper[r] = certain[r];
      if (r < ritz.theta().length) {
        residuals[r] = ritz.lengths()[r];
        upper[r] = Math.max(values[r], Math.min(certain[r], ritz.theta()[r] + residuals[r]));
      }
    }
    return new ErrorBars(residuals, upper, certain, missed);
  }
}
