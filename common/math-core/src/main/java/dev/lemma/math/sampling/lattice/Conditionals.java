// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

/**
 * The law of a spin given its neighbours, as unsigned 32-bit integers that a uniform one is
 * compared with; every probability is rounded to a multiple of 2<sup>-32</sup>.
 */
final class Conditionals {
  /** Neighbours of a site of a square lattice. */
  static final int NEIGHBOURS = 4;

  /** Counts from 0 to {@link #NEIGHBOURS}, rounded up to a power of two. */
  static final int STRIDE = 8;

  private static final double RANGE = 0x1p32;

  // How many neighbours share the states that they are in, by the number of equal pairs among them.
  private static final int[][] SHARES = {
    {1, 1, 1, 1}, {2, 1, 1}, {2, 2}, {3, 1}, {}, {}, {4},
  };

  private Conditionals() {}

  /**
   * Ising: the spin is up where the uniform number is below entry {@code sum + most}, with {@code
   * sum} the sum of the neighbours' spins.
   *
   * @param most largest number of neighbours
   * @return 2 most + 1 numbers from 0 to 2<sup>32</sup>
   */
  static long[] up(IsingModel model, double beta, int most) {
    long[] up = new long[2 * most + 1];
    for (int sum = -most; sum <= most; sum++) {
      double exponent = -2 * beta * (model.coupling() * sum + model.field());
      up[sum + most] = Math.round(RANGE / (1 + StrictMath.exp(exponent)));
    }
    return up;
  }

  /**
   * Potts on a lattice: the probability of a state that n of the four neighbours are in, at {@code
   * STRIDE * pairs + n} with {@code pairs} the number of equal pairs among the neighbours.
   */
  static long[] shares(PottsModel model, double beta) {
    long[] shares = new long[STRIDE * SHARES.length];
    double k = beta * model.coupling();
    for (int pairs = 0; pairs < SHARES.length; pairs++) {
      int[] pattern = SHARES[pairs];
      if (pattern.length == 0 || pattern.length > model.states()) {
        continue;
      }
      // Relative to the most likely state, so that nothing overflows.
      double best = k > 0 ? k * pattern[0] : 0;
      if (k < 0 && pattern.length == model.states()) {
        best = k * pattern[pattern.length - 1];
      }
      int empty = model.states() - pattern.length;
      double total = empty > 0 ? empty * StrictMath.exp(-best) : 0;
      for (int n : pattern) {
        total += StrictMath.exp(k * n - best);
      }
      for (int n = 0; n <= NEIGHBOURS; n++) {
        double weight = Math.min(StrictMath.exp(k * n - best), total);
        shares[STRIDE * pairs + n] = Math.round(RANGE * weight / total);
      }
    }
    return shares;
  }

  /**
   * Potts on a graph: weights exp(-|beta J| i) as multiples of 2<sup>-27</sup>, for states i
   * neighbours away from the most likely one.
   */
  static long[] weights(PottsModel model, double beta, int most) {
    long[] weights = new long[most + 1];
    double k = Math.abs(beta * model.coupling());
    for (int i = 0; i <= most; i++) {
      weights[i] = Math.round(StrictMath.exp(-k * i) * (1 << 27));
    }
    return weights;
  }
}
