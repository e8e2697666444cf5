// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * What the draws of one parameter say, and how far to trust it.
 *
 * <p>The first ten are the columns of Stan's summary. A value that cannot be had is NaN: every
 * diagnostic of a parameter that is constant or has a draw that is not finite, effective sizes of
 * fewer than six draws a chain, the standard deviation of one draw, everything where a draw is NaN.
 *
 * @param mean of all draws
 * @param mcseMean its Monte Carlo standard error, see {@link MonteCarloError#mean}
 * @param sd standard deviation of all draws (divisor S - 1)
 * @param mad 1.4826 times the median distance from the median
 * @param q5 the quantile at 0.05, interpolated between order statistics
 * @param median the quantile at 0.5
 * @param q95 the quantile at 0.95
 * @param essBulk see {@link EffectiveSize#bulk}
 * @param essTail see {@link EffectiveSize#tail}
 * @param rHat rank-normalised, see {@link RHat#rank}
 * @param splitRHat without ranks, see {@link RHat#split}
 * @param nestedRHat see {@link RHat#nested}; NaN when no superchains were named
 * @param essMean see {@link EffectiveSize#mean}
 * @param essSd see {@link EffectiveSize#sd}
 * @param essMedian see {@link EffectiveSize#median}
 * @param mcseSd see {@link MonteCarloError#sd}
 * @param mcseMedian see {@link MonteCarloError#median}
 * @param mcseQ5 see {@link MonteCarloError#quantile}
 * @param mcseQ95 see {@link MonteCarloError#quantile}
 */
public record Summary(
    double mean,
    double mcseMean,
    double sd,
    double mad,
    double q5,
    double median,
    double q95,
    double essBulk,
    double essTail,
    double rHat,
    double splitRHat,
    double nestedRHat,
    double essMean,
    double essSd,
    double essMedian,
    double mcseSd,
    double mcseMedian,
    double mcseQ5,
    double mcseQ95) {

  /**
   * The summary of one parameter; {@link SummaryKernel} serves many.
   *
   * @param chains C chains of n draws each
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static Summary of(double[][] chains) {
    return SummaryKernel.summarise(Column.of(chains));
  }
}
