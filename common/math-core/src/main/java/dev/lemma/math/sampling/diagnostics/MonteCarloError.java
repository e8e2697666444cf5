// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * Monte Carlo standard errors: how far an estimate from these draws may lie from what endless
 * sampling would give. NaN wherever the {@link EffectiveSize} that they need is.
 *
 * <p>Definitions as in R's package posterior. Where others differ: Stan (2.36) divides by an
 * unsplit size for the mean and takes the size of |x - mean| for the standard deviation, ArviZ that
 * of x.
 */
public final class MonteCarloError {
  private MonteCarloError() {}

  /**
   * Of the mean: sd / sqrt({@link EffectiveSize#mean}).
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double mean(double[][] chains) {
    Column column = Column.of(chains);
    return column.meanError(column.meanSize());
  }

  /**
   * Of the standard deviation, without assuming a Gaussian: with c = x - mean, V = mean
   * c<sup>2</sup> and e = {@link EffectiveSize#sd}, sqrt((mean c<sup>4</sup> - V<sup>2</sup>) / (4
   * e V)).
   *
   * <p>Source: J. F. Kenney, E. S. Keeping, <em>Mathematics of Statistics</em>, part two, 1951,
   * page 141.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double sd(double[][] chains) {
    Column column = Column.of(chains);
    return column.deviationError(column.deviationSize());
  }

  /**
   * Of the median: {@link #quantile} of 0.5.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double median(double[][] chains) {
    return quantile(chains, 0.5);
  }

  /**
   * Of a quantile: with e = {@link EffectiveSize#quantile} and a, b the quantiles 0.1586553 and
   * 0.8413447 of Beta(e p + 1, e (1 - p) + 1), half the distance of the order statistics of ranks
   * floor(a S) and ceil(b S).
   *
   * @param chains C x n
   * @param p in [0, 1]
   * @throws IllegalArgumentException if there is no chain, no draw, chains differ in length, or p
   *     lies outside
   */
  public static double quantile(double[][] chains, double p) {
    Column column = Column.of(chains);
    column.quantile(p);
    return column.quantileError(p, column.quantileSize(p));
  }
}
