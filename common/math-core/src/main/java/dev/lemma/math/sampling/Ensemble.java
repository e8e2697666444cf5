// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.io.Serializable;

/**
 * Where C chains stand after a number of iterations. Random numbers need no place in it: they are
 * functions of the address (iteration, chain, draw).
 *
 * @param iteration iterations done, warm-up included
 * @param dimension d
 * @param positions C x d numbers, chain by chain
 * @param logDensities of the positions, C numbers; NaN where the sampler does not know them
 * @param accepted moves accepted after warm-up, by chain
 * @param proposed moves proposed after warm-up, by chain
 */
public record Ensemble(
    long iteration,
    int dimension,
    double[] positions,
    double[] logDensities,
    long[] accepted,
    long[] proposed)
    implements Serializable {
  /** Checks shapes and copies the arrays. */
  public Ensemble {
    Require.atLeast("iteration", iteration, 0);
    Require.dimension(dimension);
    int chains = Require.atLeast("chains", logDensities.length, 1);
    Require.length("positions", positions, (long) chains * dimension);
    if (accepted.length != chains || proposed.length != chains) {
      throw new IllegalArgumentException(
          "acceptance counts: expected "
              + chains
              + " chains, found "
              + accepted.length
              + " and "
              + proposed.length);
    }
    positions = Require.finite("positions", positions).clone();
    logDensities = logDensities.clone();
    accepted = accepted.clone();
    proposed = proposed.clone();
  }

  /** C. */
  public int chains() {
    return logDensities.length;
  }

  @Override
  public double[] positions() {
    return positions.clone();
  }

  @Override
  public double[] logDensities() {
    return logDensities.clone();
  }

  @Override
  public long[] accepted() {
    return accepted.clone();
  }

  @Override
  public long[] proposed() {
    return proposed.clone();
  }

  /** The share of accepted moves after warm-up, by chain; NaN before the first. */
  public double[] acceptanceRates() {
    double[] rates = new double[accepted.length];
    for (int c = 0; c < rates.length; c++) {
      rates[c] = (double) accepted[c] / proposed[c];
    }
    return rates;
  }
}
