// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import java.util.Arrays;
import java.util.List;

/**
 * How far features' inner products are from the kernel over pairs of rows. All pairs share one set
 * of frequencies, so that their errors are not independent.
 *
 * @param pairs number of pairs whose error is finite
 * @param bias mean error
 * @param rms root mean square error
 * @param largest largest magnitude of an error
 * @param predicted root mean variance that independent frequencies would have
 * @param magnitudes magnitudes of errors, ascending
 */
public record KernelErrorSummary(
    int pairs, double bias, double rms, double largest, double predicted, double[] magnitudes) {

  /** Keeps a copy. */
  public KernelErrorSummary {
    magnitudes = magnitudes.clone();
  }

  /** Magnitudes of errors, ascending; a copy. */
  @Override
  public double[] magnitudes() {
    return magnitudes.clone();
  }

  /** The summary of some pairs; NaN everywhere without one. */
  public static KernelErrorSummary of(List<PairEstimate> estimates) {
    double sum = 0;
    double squares = 0;
    double variances = 0;
    double[] magnitudes = new double[estimates.size()];
    int n = 0;
    for (PairEstimate one : estimates) {
      // A kernel may overflow where the features of its rows do not.
      if (Double.isFinite(one.error()) && Double.isFinite(one.variance())) {
        sum += one.error();
        squares += one.error() * one.error();
        variances += one.variance();
        magnitudes[n++] = Math.abs(one.error());
      }
    }
    magnitudes = Arrays.copyOf(magnitudes, n);
    Arrays.sort(magnitudes);
    return new KernelErrorSummary(
        n,
        sum / n,
        Math.sqrt(squares / n),
        n == 0 ? Double.NaN : magnitudes[n - 1],
        Math.sqrt(variances / n),
        magnitudes);
  }

  /** The magnitude that a share of the errors stays below; NaN without pairs. */
  public double quantile(double share) {
    if (pairs == 0) {
      return Double.NaN;
    }
    int at = (int) Math.ceil(share * pairs) - 1;
    return magnitudes[Math.max(0, Math.min(pairs - 1, at))];
  }
}
