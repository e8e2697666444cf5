// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.io.Serializable;

/**
 * Chains of {@link ParallelTempering}.
 *
 * @param ensemble C chains at temperature 1
 * @param levels C x K x d positions at all temperatures, the coldest first
 * @param levelDensities C x K log densities of the target itself
 * @param adaptations t, the number of updates
 * @param logScales K logarithms of step sizes
 * @param swapped swaps accepted after warm-up between level k and k + 1, K - 1 numbers
 * @param offered swaps offered after warm-up, K - 1 numbers
 */
public record TemperingState(
    Ensemble ensemble,
    double[] levels,
    double[] levelDensities,
    long adaptations,
    double[] logScales,
    long[] swapped,
    long[] offered)
    implements SamplerState, Serializable {
  /** Checks shapes and copies the arrays. */
  public TemperingState {
    int k = Require.atLeast("temperatures", logScales.length, 1);
    Require.length("levels", levels, (long) ensemble.chains() * k * ensemble.dimension());
    Require.length("level densities", levelDensities, (long) ensemble.chains() * k);
    Require.atLeast("adaptations", adaptations, 0);
    if (swapped.length != k - 1 || offered.length != k - 1) {
      throw new IllegalArgumentException(
          "swaps: expected "
              + (k - 1)
              + " pairs, found "
              + swapped.length
              + " and "
              + offered.length);
    }
    levels = levels.clone();
    levelDensities = levelDensities.clone();
    logScales = logScales.clone();
    swapped = swapped.clone();
    offered = offered.clone();
  }

  @Override
  public double[] levels() {
    return levels.clone();
  }

  @Override
  public double[] levelDensities() {
    return levelDensities.clone();
  }

  @Override
  public double[] logScales() {
    return logScales.clone();
  }

  @Override
  public long[] swapped() {
    return swapped.clone();
  }

  @Override
  public long[] offered() {
    return offered.clone();
  }

  /** The share of swaps accepted between neighbouring temperatures; NaN before the first. */
  public double[] swapRates() {
    double[] rates = new double[swapped.length];
    for (int k = 0; k < rates.length; k++) {
      rates[k] = (double) swapped[k] / offered[k];
    }
    return rates;
  }
}
