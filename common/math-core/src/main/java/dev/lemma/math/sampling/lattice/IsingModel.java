// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

/**
 * The Ising model: E = -J (sum over bonds of s s') - h (sum over sites of s), where s = +1 in state
 * 1 and -1 in state 0.
 *
 * @param coupling J, finite
 * @param field h, finite
 */
public record IsingModel(double coupling, double field) implements SpinModel {
  private static final long serialVersionUID = 1L;

  /**
   * Inverse temperature ln(1 + sqrt 2) / 2 at which the infinite square lattice with J = 1 orders.
   */
  public static final double CRITICAL = StrictMath.log(1 + StrictMath.sqrt(2)) / 2;

  /**
   * Checks that both are finite.
   *
   * @throws IllegalArgumentException if one is not
   */
  public IsingModel {
    if (!Double.isFinite(coupling) || !Double.isFinite(field)) {
      throw new IllegalArgumentException(
          "coupling and field must be finite, found " + coupling + " and " + field);
    }
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public double energy(long equalBonds, long bonds, long[] sitesByState) {
    return -coupling * (2 * equalBonds - bonds) - field * (sitesByState[1] - sitesByState[0]);
  }

  @Override
  public double order(long[] sitesByState) {
    return (double) (sitesByState[1] - sitesByState[0]) / (sitesByState[0] + sitesByState[1]);
  }
}
