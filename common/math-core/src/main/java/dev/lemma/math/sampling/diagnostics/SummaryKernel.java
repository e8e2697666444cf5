// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import java.util.Optional;

/**
 * Summarises parameter after parameter of one shape, C chains of n draws, on the same work arrays
 * (about 160 bytes a draw of one parameter). One sort serves medians, quantiles, ranks and folded
 * ranks; effective sizes take their autocovariances lag by lag and Fourier transforms only where
 * chains remember for long. O(S log S) at worst, for S = C n draws.
 *
 * <p>Equal draws give equal bits whatever came before. One thread at a time.
 */
public final class SummaryKernel {
  private static final double LOWER = 0.05;
  private static final double UPPER = 0.95;

  private final Column column;
  private final Optional<Superchains> superchains;

  private SummaryKernel(Column column, Optional<Superchains> superchains) {
    this.column = column;
    this.superchains = superchains;
  }

  /**
   * A kernel for parameters of C chains of n draws, without nested R-hat.
   *
   * @param chains C, at least 1
   * @param draws n, at least 1; C n at most 2<sup>29</sup>
   * @throws IllegalArgumentException otherwise
   */
  public static SummaryKernel of(int chains, int draws) {
    return new SummaryKernel(new Column(chains, draws), Optional.empty());
  }

  /**
   * A kernel that also computes nested R-hat.
   *
   * @param superchains which of the C chains started together
   * @param draws n, at least 1
   */
  public static SummaryKernel of(Superchains superchains, int draws) {
    return new SummaryKernel(new Column(superchains.chains(), draws), Optional.of(superchains));
  }

  /**
   * The summary of one parameter.
   *
   * @param draws C n draws, draw i of chain c at c n + i; left as they are
   * @throws IllegalArgumentException if their number is another
   */
  public Summary summarise(double[] draws) {
    column.accept(draws);
    return summarise(column, superchains);
  }

  static Summary summarise(Column column) {
    return summarise(column, Optional.empty());
  }

  private static Summary summarise(Column column, Optional<Superchains> superchains) {
    double lowerSize = column.quantileSize(LOWER);
    double middleSize = column.quantileSize(0.5);
    double upperSize = column.quantileSize(UPPER);
    double meanSize = column.meanSize();
    double deviationSize = column.deviationSize();
    return new Summary(
        column.mean(),
        column.meanError(meanSize),
        column.standardDeviation(),
        column.medianDeviation(),
        column.quantile(LOWER),
        column.median(),
        column.quantile(UPPER),
        column.bulkSize(),
        Math.min(lowerSize, upperSize),
        column.rankRHat(),
        column.splitRHat(),
        superchains.map(column::nestedRHat).orElse(Double.NaN),
        meanSize,
        deviationSize,
        middleSize,
        column.deviationError(deviationSize),
        column.quantileError(0.5, middleSize),
        column.quantileError(LOWER, lowerSize),
        column.quantileError(UPPER, upperSize));
  }
}
