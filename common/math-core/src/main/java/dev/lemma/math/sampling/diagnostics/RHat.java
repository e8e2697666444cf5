// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * Potential scale reduction: how much wider all draws spread than those of one chain, near 1 once
 * the chains have forgotten where they started.
 *
 * <p>For m sequences of n draws with mean variance W (divisor n - 1) and B / n the variance of
 * their means, R-hat = sqrt((B / W + n - 1) / n). All forms are NaN where a draw is not finite,
 * where all draws are equal, and where a sequence has one draw; infinite where every sequence is
 * constant and they differ. {@link #plain} needs two chains at least, the others split and need
 * one.
 *
 * <p>Definitions as in R's package posterior, except that there a parameter counts as constant when
 * its range is below 2.2e-16, here when all draws are equal: a parameter on a small scale keeps its
 * diagnostics. ArviZ agrees; Stan (from 2.36) agrees on {@link #rank}, its earlier versions printed
 * {@link #split}.
 *
 * <p>Source: A. Vehtari, A. Gelman, D. Simpson, B. Carpenter, P.-C. Buerkner, Rank-Normalization,
 * Folding, and Localization: An Improved R-hat for Assessing Convergence of MCMC, Bayesian Analysis
 * 16 (2021), <a href="https://doi.org/10.1214/20-BA1221">doi:10.1214/20-BA1221</a>.
 */
public final class RHat {
  private RHat() {}

  /**
   * The larger R-hat of two rank-normalised sets of half chains: the draws (which sees chains that
   * differ in location) and their distances from the median (which sees chains that differ in
   * spread). Ranks become Gaussian by Phi<sup>-1</sup>((r - 3/8) / (S + 1/4)), ties share their
   * mean rank. Also NaN where all draws lie equally far from the median.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double rank(double[][] chains) {
    return Column.of(chains).rankRHat();
  }

  /**
   * R-hat of the half chains' draws themselves.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double split(double[][] chains) {
    return Column.of(chains).splitRHat();
  }

  /**
   * R-hat of the whole chains' draws; NaN for one chain.
   *
   * @param chains C x n
   * @throws IllegalArgumentException if there is no chain, no draw, or chains differ in length
   */
  public static double plain(double[][] chains) {
    return Column.of(chains).plainRHat();
  }

  /**
   * Nested R-hat, sqrt(1 + B / W): B is the variance of the superchains' means, W the mean over
   * superchains of the variance of the means of their chains (0 for single chains) plus the mean
   * variance within their chains (0 for single draws). At least 1, so that even with superchains of
   * one chain it is not {@link #plain}. The statistic for many short chains.
   *
   * @param chains C x n
   * @param superchains which of the C started together
   * @throws IllegalArgumentException if there is no chain, no draw, chains differ in length, or the
   *     superchains are those of another number of chains
   */
  public static double nested(double[][] chains, Superchains superchains) {
    if (superchains.chains() != chains.length) {
      throw new IllegalArgumentException(
          "the superchains are those of "
              + superchains.chains()
              + " chains, found "
              + chains.length);
    }
    return Column.of(chains).nestedRHat(superchains);
  }
}
