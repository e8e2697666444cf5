// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import java.util.Arrays;

/**
 * Draws a state given its neighbours', from a 32-bit uniform: the tables of one model.
 * Probabilities are met to within 2<sup>-32</sup>.
 */
final class HeatBath {
  /** Up to so many states a table over all neighbourhoods fits into the first-level cache. */
  private static final int TABLE_STATES = 6;

  private static final int FOUR = 4;

  private final int states;
  private final double pull;
  // exp(-|pull| k): weights relative to the likeliest state, which never overflow.
  private final double[] weights;

  private HeatBath(int states, double pull, double[] weights) {
    this.states = states;
    this.pull = pull;
    this.weights = weights;
  }

  /** For sites of up to so many neighbours. */
  static HeatBath of(SpinModel model, int mostNeighbours) {
    double[] weights = new double[mostNeighbours + 1];
    for (int k = 0; k <= mostNeighbours; k++) {
      weights[k] = StrictMath.exp(-Math.abs(model.pull()) * k);
    }
    return new HeatBath(model.states(), model.pull(), weights);
  }

  /**
   * For two states and four neighbours: how many of 2^32 uniforms give state 1, by the number of
   * neighbours in it.
   */
  long[] thresholds() {
    long[] thresholds = new long[FOUR + 1];
    for (int k = 0; k <= FOUR; k++) {
      double p = 1 / (1 + StrictMath.exp(pull * (FOUR - 2 * k)));
      thresholds[k] = (long) StrictMath.rint(p * 0x1p32);
    }
    return thresholds;
  }

  /** Whether {@link #table} is worth its place. */
  boolean tabulates() {
    return states <= TABLE_STATES;
  }

  /**
   * For four neighbours: q - 1 ascending thresholds for every neighbourhood a + q b + q^2 c + q^3
   * d. The state is the number of thresholds that the uniform reaches.
   */
  long[] table() {
    int size = states * states * states * states;
    long[] table = new long[size * (states - 1)];
    int[] counts = new int[states];
    for (int code = 0; code < size; code++) {
      Arrays.fill(counts, 0);
      for (int rest = code, k = 0; k < FOUR; k++, rest /= states) {
        counts[rest % states]++;
      }
      int reference = reference(counts);
      double total = total(counts, reference);
      double reached = 0;
      for (int k = 0; k < states - 1; k++) {
        reached += weights[Math.abs(reference - counts[k])];
        table[code * (states - 1) + k] = (long) StrictMath.rint(reached / total * 0x1p32);
      }
    }
    return table;
  }

  /**
   * The state that a uniform draws.
   *
   * @param counts of neighbours by state, q numbers
   * @param uniform the lower 32 bits count
   */
  int draw(int[] counts, long uniform) {
    int reference = reference(counts);
    double level = ((uniform & 0xFFFF_FFFFL) + 0.5) * 0x1p-32 * total(counts, reference);
    double reached = 0;
    int state = 0;
    for (int k = 0; k < states - 1; k++) {
      reached += weights[Math.abs(reference - counts[k])];
      state += reached <= level ? 1 : 0;
    }
    return state;
  }

  private double total(int[] counts, int reference) {
    double total = 0;
    for (int count : counts) {
      total += weights[Math.abs(reference - count)];
    }
    return total;
  }

  /** The count of the likeliest state. */
  private int reference(int[] counts) {
    int reference = counts[0];
    for (int count : counts) {
      reference = pull >= 0 ? Math.max(reference, count) : Math.min(reference, count);
    }
    return reference;
  }
}
