// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Dirichlet variates: gamma variates divided by their sum, in logarithms, so that concentrations
 * near 0, whose gamma variates are below the range of doubles, still give probabilities.
 */
public final class Dirichlet {
  private Dirichlet() {}

  /**
   * Draws probabilities.
   *
   * @param concentration k positive finite numbers
   * @param out receives k numbers of at least 0 whose sum is 1 up to rounding
   * @throws IllegalArgumentException if a concentration is not positive and finite
   */
  public static void draw(UniformRandomProvider source, double[] concentration, double[] out) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < concentration.length; k++) {
      out[k] = Gamma.drawLog(source, concentration[k]);
      largest = Math.max(largest, out[k]);
    }
    double sum = 0;
    for (int k = 0; k < concentration.length; k++) {
      out[k] = StrictMath.exp(out[k] - largest);
      sum += out[k];
    }
    for (int k = 0; k < concentration.length; k++) {
      out[k] /= sum;
    }
  }
}
