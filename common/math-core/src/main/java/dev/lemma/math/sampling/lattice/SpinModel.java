// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

/** Probability of a configuration of spins, by the number of bonds between equal neighbours. */
public sealed interface SpinModel {
  /** Number of states of a site, numbered from 0. */
  int states();

  /** beta: a bond between equal neighbours multiplies the probability by e<sup>beta</sup>. */
  double pull();

  /**
   * The energy of a configuration in units of the coupling constant.
   *
   * @param equalBonds bonds between equal neighbours
   * @param bonds all bonds
   */
  double energy(long equalBonds, long bonds);

  /**
   * The Ising model: P proportional to exp(K sum s s'), s = -1 (state 0) or +1 (state 1); energy
   * -sum s s'. Critical on the square lattice at K = ln(1 + sqrt 2) / 2.
   *
   * @param coupling K = J / kT, finite; negative for antiferromagnets
   */
  record Ising(double coupling) implements SpinModel {
    /** Checks ranges. */
    public Ising {
      finite(coupling);
    }

    @Override
    public int states() {
      return 2;
    }

    @Override
    public double pull() {
      return 2 * coupling;
    }

    @Override
    public double energy(long equalBonds, long bonds) {
      return bonds - 2.0 * equalBonds;
    }
  }

  /**
   * The Potts model: P proportional to exp(beta sum [s = s']); energy -sum [s = s']. Critical on
   * the square lattice at beta = ln(1 + sqrt q).
   *
   * @param states q, from 2 to {@value CheckerboardLattice#MOST_STATES}
   * @param coupling beta, finite
   */
  record Potts(int states, double coupling) implements SpinModel {
    /** Checks ranges. */
    public Potts {
      if (states < 2 || states > CheckerboardLattice.MOST_STATES) {
        throw new IllegalArgumentException(
            "states of a Potts model: expected 2 to "
                + CheckerboardLattice.MOST_STATES
                + ", found "
                + states);
      }
      finite(coupling);
    }

    @Override
    public double pull() {
      return coupling;
    }

    @Override
    public double energy(long equalBonds, long bonds) {
      return -equalBonds;
    }
  }

  private static void finite(double coupling) {
    if (!Double.isFinite(coupling)) {
      throw new IllegalArgumentException("coupling: expected a finite number, found " + coupling);
    }
  }
}
