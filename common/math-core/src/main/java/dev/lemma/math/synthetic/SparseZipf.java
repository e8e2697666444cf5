// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.synthetic;

import static dev.lemma.math.synthetic.GaussianClasses.require;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/**
 * Sparse rows of counts with a long tail, as word counts have it: each row counts {@code draws}
 * independent features, whose density falls as a power of the rank. A feature is floor(d u^power)
 * with u uniform, so that a feature of rank j is drawn with probability ((j + 1)/d)^(1/power) -
 * (j/d)^(1/power), about (j/d)^(1/power - 1) / (power d): power 1 is uniform, 3 (the default) gives
 * frequencies that fall as j^(-2/3), larger values come close to Zipf's 1/j.
 *
 * <p>Immutable and thread-safe but for the row handed in; O(draws log draws) time a row.
 */
public final class SparseZipf {
  private final StreamKey rows;
  private final int features;
  private final int draws;
  private final int power;

  /**
   * Settles the law.
   *
   * @param seed key of the rows
   * @param features d, at least 1
   * @param draws words of a row, at least 1; a row has at most so many non-zero values
   * @param power at least 1
   */
  public SparseZipf(long seed, int features, int draws, int power) {
    require(features >= 1, "features must be at least 1, found " + features);
    require(draws >= 1, "draws must be at least 1, found " + draws);
    require(power >= 1, "power must be at least 1, found " + power);
    this.rows = StreamKey.of(seed, "generate/sparse-zipf/row");
    this.features = features;
    this.draws = draws;
    this.power = power;
  }

  /** Number of features d. */
  public int features() {
    return features;
  }

  /** Probability that one draw gives the feature of rank j (0 is the most frequent). */
  public double probability(int j) {
    return StrictMath.pow((j + 1.0) / features, 1.0 / power)
        - StrictMath.pow((double) j / features, 1.0 / power);
  }

  /**
   * A row: its features ascending, with their counts.
   *
   * @param row its number, any value
   * @param out cleared and filled
   */
  public void row(long row, SparseRow out) {
    int[] drawn = new int[draws];
    long[] block = new long[4];
    for (int i = 0; i < draws; i++) {
      if (i % 4 == 0) {
        rows.block(row, 0, 0, i / 4, block);
      }
      double u = Variates.uniform(block[i % 4]);
      double x = features;
      for (int p = 0; p < power; p++) {
        x *= u;
      }
      drawn[i] = (int) x;
    }
    Arrays.sort(drawn);
    out.clear();
    for (int from = 0; from < draws; ) {
      int to = from + 1;
      while (to < draws && drawn[to] == drawn[from]) {
        to++;
      }
      out.append(drawn[from], to - from);
      from = to;
    }
  }
}
