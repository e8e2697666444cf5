// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import dev.lemma.math.probability.NormalQuantile;
import java.util.Arrays;

/**
 * Replaces draws by the Gaussian quantiles of their ranks: z = Phi<sup>-1</sup>((r - 3/8) / (S +
 * 1/4)), r the rank among the S draws of the split chains, ties sharing their mean rank.
 *
 * <p>Source: G. Blom, <em>Statistical Estimates and Transformed Beta-Variables</em>, 1958.
 */
final class NormalScores {
  private static final double OFFSET = 0.375;

  private final int chainDraws;
  private final int dropped;
  private final double[] scores;

  /**
   * Scores for split chains.
   *
   * @param draws n of a chain: of an odd n above 1 the middle draw has no rank
   * @param split the halves
   */
  NormalScores(int draws, Sequences split) {
    chainDraws = draws;
    dropped = draws > 1 && draws % 2 == 1 ? draws / 2 : -1;
    int size = split.size();
    // Indexed by twice the rank, which ties may make odd; made when first asked for.
    scores = new double[2 * size + 1];
    Arrays.fill(scores, Double.NaN);
  }

  /** Writes the scores of draws in ascending order to their positions. */
  void write(double[] ascending, int[] order, double[] out) {
    int rank = 0;
    int tie = 0;
    while (tie < ascending.length) {
      int end = tie;
      int members = 0;
      while (end < ascending.length && ascending[end] == ascending[tie]) {
        members += kept(order[end]) ? 1 : 0;
        end++;
      }
      double score = members == 0 ? Double.NaN : score(2 * rank + members + 1);
      for (int i = tie; i < end; i++) {
        out[order[i]] = score;
      }
      rank += members;
      tie = end;
    }
  }

  private boolean kept(int position) {
    return dropped < 0 || position % chainDraws != dropped;
  }

  private double score(int twiceRank) {
    double score = scores[twiceRank];
    if (Double.isNaN(score)) {
      double size = (scores.length - 1) / 2;
      score = NormalQuantile.of((0.5 * twiceRank - OFFSET) / (size + 1 - 2 * OFFSET));
      scores[twiceRank] = score;
    }
    return score;
  }
}
