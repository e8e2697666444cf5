// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * Rank histograms: of the draws of all chains in ascending order, how many of each chain fall into
 * each of B parts of equal size. Chains that sample the same law give flat histograms; one that
 * lies high, is narrow or is slow does not. Equal draws are taken in the order of the chains.
 *
 * <p>Source: {@link RHat} names it, section 5.
 */
public final class RankCounts {
  private RankCounts() {}

  /**
   * The histogram of each chain.
   *
   * @param draws C n finite draws, draw i of chain c at c n + i; left as they are
   * @param chains C, a divisor of the number of draws
   * @param bins B, at least 1
   * @return C x B counts
   * @throws IllegalArgumentException if C does not divide the number of draws or B is below 1
   */
  public static int[][] of(double[] draws, int chains, int bins) {
    if (chains < 1 || draws.length == 0 || draws.length % chains != 0 || bins < 1) {
      throw new IllegalArgumentException(
          "rank counts need equally many draws of each chain and at least 1 bin, found "
              + draws.length
              + " draws of "
              + chains
              + " chains and "
              + bins
              + " bins");
    }
    SortedDraws sorted = new SortedDraws(draws.length);
    sorted.accept(draws);
    int[] order = sorted.order();
    int[][] counts = new int[chains][bins];
    int each = draws.length / chains;
    for (int rank = 0; rank < order.length; rank++) {
      counts[order[rank] / each][(int) ((long) rank * bins / order.length)]++;
    }
    return counts;
  }
}
