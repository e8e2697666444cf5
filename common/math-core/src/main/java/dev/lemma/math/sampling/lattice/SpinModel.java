// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import java.io.Serializable;

/**
 * The energy of a configuration of spins, each in one of q states numbered from 0. A configuration
 * x has probability proportional to exp(-beta E(x)). What a sweep counts determines the energy:
 * bonds between equal states, and sites in each state.
 */
public sealed interface SpinModel extends Serializable permits IsingModel, PottsModel {
  /** Most states that a spin can have. */
  int MOST_STATES = 16;

  /** Number q of states, 2 to {@value #MOST_STATES}. */
  int states();

  /** J: what a bond between equal states lowers the energy by; negative where it raises it. */
  double coupling();

  /**
   * The energy.
   *
   * @param equalBonds number of bonds between sites of equal states
   * @param bonds number of all bonds
   * @param sitesByState number of sites in each state, q long
   */
  double energy(long equalBonds, long bonds, long[] sitesByState);

  /**
   * How far the sites agree: the magnetisation per site of the Ising model, in [-1, 1]; of the
   * Potts model (q max<sub>s</sub> N<sub>s</sub> / N - 1) / (q - 1), in [0, 1].
   *
   * @param sitesByState number of sites in each state, q long
   */
  double order(long[] sitesByState);
}
