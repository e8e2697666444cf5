// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * How many independent draws would estimate as well as these: S / tau, tau being the integrated
 * autocorrelation time by Geyer's initial monotone positive sequence over the mean autocovariance
 * of the chains (cut into halves, but for {@link #plain}).
 *
 * <p>All forms are NaN where a draw is not finite, where all draws (or what is made of them) are
 * equal, and for fewer than 3 draws a sequence, which is 6 a chain. Antithetic chains may exceed S;
 * the cap is S log<sub>10</sub> S. With 3 to 5 draws a sequence no lag is used and the result is S
 * / 2.
 *
 * <p>Definitions as in R's package posterior. Where others differ: Stan (2.36) computes the mean's
 * size without splitting, takes x &ge; q95 for the upper tail, and reports the other tail when one
 * is constant; ArviZ reports S for constant draws; posterior up to 1.4 takes |x - mean| for {@link
 * #sd}, which here is {@link #mean} of those distances.
 *
 * <p>Sources: {@link GeyerSum} and {@link RHat} name them.
 */
public final class EffectiveSize {
  private static final double LOWER = 0.05;
  private static final double UPPER = 0.95;

  private EffectiveSize() {}

  /**
   * For the centre of the distribution: of the rank-normalised half chains.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double bulk(double[][] chains) {
    return Column.of(chains).bulkSize();
  }

  /**
   * For the tails: the smaller {@link #quantile} size of 0.05 and 0.95, NaN if either is.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double tail(double[][] chains) {
    Column column = Column.of(chains);
    return Math.min(column.quantileSize(LOWER), column.quantileSize(UPPER));
  }

  /**
   * For the mean: of the half chains.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double mean(double[][] chains) {
    return Column.of(chains).meanSize();
  }

  /**
   * For the standard deviation: {@link #mean} of (x - mean)<sup>2</sup>.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double sd(double[][] chains) {
    return Column.of(chains).deviationSize();
  }

  /**
   * For the median: {@link #quantile} of 0.5.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double median(double[][] chains) {
    return Column.of(chains).quantileSize(0.5);
  }

  /**
   * For a quantile: {@link #mean} of the indicator of x &le; q<sub>p</sub>.
   *
   * @param chains C x n
   * @param p in [0, 1]; 1 counts as (S - 1/2) / S
   * @throws IllegalArgumentException if there is no chain, no draw, chains differ in length, or p
   *     lies outside
   */
  public static double quantile(double[][] chains, double p) {
    Column column = Column.of(chains);
    column.quantile(p);
    return column.quantileSize(p);
  }

  /**
   * For the mean, of whole chains.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double plain(double[][] chains) {
    return Column.of(chains).plainSize();
  }
}
