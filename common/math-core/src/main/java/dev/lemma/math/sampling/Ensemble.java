// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.io.Serializable;
import java.util.Arrays;

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

  /**
   * Chains at their starts, of a sampler that does not know log densities.
   *
   * @param dimension d
   * @param chains C
   * @param positions C x d numbers
   * @throws IllegalArgumentException if they are not so many, or not all finite
   */
  public static Ensemble start(int dimension, int chains, double[] positions) {
    Require.length("starting points", positions, (long) chains * dimension);
    double[] unknown = new double[chains];
    Arrays.fill(unknown, Double.NaN);
    return new Ensemble(0, dimension, positions, unknown, new long[chains], new long[chains]);
  }

  /**
   * Chains at their starts, with the log densities there.
   *
   * @param chains C
   * @param positions C x d numbers
   * @throws IllegalArgumentException if they are not so many, not all finite, or the density is 0
   *     at one of them
   * @throws TargetException if a log density is NaN or positive infinity
   */
  public static Ensemble start(BatchTarget target, int chains, double[] positions) {
    return Walkers.start(target, chains, positions);
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
