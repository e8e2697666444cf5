// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.List;

/**
 * C chains of {@link MetropolisHastings}.
 *
 * @param iteration iterations done
 * @param current states by chain
 * @param logDensities of the current states
 * @param accepted moves taken, by chain
 */
public record MarkovState<S>(
    long iteration, List<S> current, double[] logDensities, long[] accepted) {
  /** Checks shapes and copies. */
  public MarkovState {
    Require.atLeast("iteration", iteration, 0);
    int chains = Require.atLeast("chains", current.size(), 1);
    Require.length("log densities", logDensities, chains);
    if (accepted.length != chains) {
      throw new IllegalArgumentException(
          "acceptance counts: expected " + chains + " chains, found " + accepted.length);
    }
    current = List.copyOf(current);
    logDensities = logDensities.clone();
    accepted = accepted.clone();
  }

  @Override
  public double[] logDensities() {
    return logDensities.clone();
  }

  @Override
  public long[] accepted() {
    return accepted.clone();
  }
}
