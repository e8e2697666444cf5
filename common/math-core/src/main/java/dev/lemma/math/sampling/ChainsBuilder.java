// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.Arrays;
import java.util.List;

/** Collects draws into {@link Chains}. Not thread-safe. */
public final class ChainsBuilder implements DrawSink {
  private final List<String> names;
  private final int chains;
  private final int draws;
  private final double[] values;
  private final double[] logDensities;
  private int filled;

  /**
   * Room for C x n x d numbers.
   *
   * @throws IllegalArgumentException if they do not fit into one array
   */
  public ChainsBuilder(List<String> names, int chains, int draws) {
    Require.atLeast("chains", chains, 1);
    Require.atLeast("draws", draws, 1);
    long size = (long) chains * draws * names.size();
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "draws: expected at most 2^31 - 9 numbers in memory, found "
              + size
              + "; write them out in stretches");
    }
    this.names = names;
    this.chains = chains;
    this.draws = draws;
    this.values = new double[(int) size];
    this.logDensities = new double[chains * draws];
  }

  @Override
  public void accept(long iteration, double[] positions, double[] densities) {
    if (filled == draws) {
      throw new IllegalStateException("more draws than the " + draws + " that were announced");
    }
    int d = names.size();
    for (int c = 0; c < chains; c++) {
      System.arraycopy(positions, c * d, values, (c * draws + filled) * d, d);
      logDensities[c * draws + filled] = densities[c];
    }
    filled++;
  }

  /**
   * The draws, without acceptance rates.
   *
   * @throws IllegalStateException if there are fewer than announced
   */
  public Chains build() {
    double[] unknown = new double[chains];
    Arrays.fill(unknown, Double.NaN);
    return build(unknown);
  }

  /**
   * The draws.
   *
   * @param acceptance C rates
   * @throws IllegalStateException if there are fewer than announced
   */
  public Chains build(double[] acceptance) {
    if (filled != draws) {
      throw new IllegalStateException("expected " + draws + " draws, found " + filled);
    }
    Require.length("acceptance", acceptance, chains);
    return new Chains(names, chains, draws, values, logDensities, acceptance.clone());
  }
}
