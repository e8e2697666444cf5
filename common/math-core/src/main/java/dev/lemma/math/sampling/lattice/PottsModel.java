// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

/**
 * The Potts model: E = -J times the number of bonds between equal states.
 *
 * @param states q, 2 to {@value SpinModel#MOST_STATES}
 * @param coupling J, finite
 */
public record PottsModel(int states, double coupling) implements SpinModel {
  private static final long serialVersionUID = 1L;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if states lies outside 2 to {@value SpinModel#MOST_STATES} or
   *     the coupling is not finite
   */
  public PottsModel {
    if (states < 2 || states > MOST_STATES) {
      throw new IllegalArgumentException(
          "states must lie between 2 and " + MOST_STATES + ", found " + states);
    }
    if (!Double.isFinite(coupling)) {
      throw new IllegalArgumentException("coupling must be finite, found " + coupling);
    }
  }

  /**
   * Inverse temperature ln(1 + sqrt q) at which the infinite square lattice with J = 1 orders.
   *
   * @param states q
   */
  public static double critical(int states) {
    return StrictMath.log(1 + StrictMath.sqrt(states));
  }

  @Override
  public double energy(long equalBonds, long bonds, long[] sitesByState) {
    return -coupling * equalBonds;
  }

  @Override
  public double order(long[] sitesByState) {
    long most = 0;
    long sites = 0;
    for (long count : sitesByState) {
      most = Math.max(most, count);
      sites += count;
    }
    return ((double) states * most / sites - 1) / (states - 1);
  }
}
