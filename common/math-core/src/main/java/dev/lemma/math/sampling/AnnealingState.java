// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.List;

/**
 * R replicas of {@link SimulatedAnnealing}.
 *
 * @param step k of the schedule
 * @param drawn steps taken since the start, restarts included: addresses of random numbers
 * @param current states by replica
 * @param energies of the current states
 * @param best states of lowest energy seen, by replica
 * @param bestEnergies of these
 * @param accepted moves accepted, by replica
 */
public record AnnealingState<S>(
    long step,
    long drawn,
    List<S> current,
    double[] energies,
    List<S> best,
    double[] bestEnergies,
    long[] accepted) {
  /** Checks shapes and copies. */
  public AnnealingState {
    Require.atLeast("step", step, 0);
    Require.atLeast("drawn", drawn, step);
    int replicas = Require.atLeast("replicas", current.size(), 1);
    Require.length("energies", energies, replicas);
    Require.length("best energies", bestEnergies, replicas);
    if (best.size() != replicas || accepted.length != replicas) {
      throw new IllegalArgumentException(
          "replicas: expected " + replicas + ", found " + best.size() + " and " + accepted.length);
    }
    current = List.copyOf(current);
    energies = energies.clone();
    best = List.copyOf(best);
    bestEnergies = bestEnergies.clone();
    accepted = accepted.clone();
  }

  @Override
  public double[] energies() {
    return energies.clone();
  }

  @Override
  public double[] bestEnergies() {
    return bestEnergies.clone();
  }

  @Override
  public long[] accepted() {
    return accepted.clone();
  }

  /** The replica with the lowest energy seen; the first of equals. */
  public int winner() {
    int winner = 0;
    for (int r = 1; r < bestEnergies.length; r++) {
      winner = bestEnergies[r] < bestEnergies[winner] ? r : winner;
    }
    return winner;
  }

  /**
   * Every replica back at its best state and the schedule at its beginning; random numbers go on.
   */
  public AnnealingState<S> restarted() {
    return new AnnealingState<>(0, drawn, best, bestEnergies, best, bestEnergies, accepted);
  }
}
