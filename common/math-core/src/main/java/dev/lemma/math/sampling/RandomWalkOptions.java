// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/**
 * How {@link RandomWalkMetropolis} adapts.
 *
 * @param chains C
 * @param warmup iterations that adapt; everything is frozen after them
 * @param acceptance mean acceptance probability a* to aim at, between 0 and 1
 * @param gain g0 of the gain min(1, g0 t<sup>-decay</sup>)
 * @param scaleDecay decay of the gain for the scale, in (0.5, 1]
 * @param shapeDecay decay of the gain for mean and covariance, in (0.5, 1]: nearer to 1 averages
 *     over more iterations
 */
public record RandomWalkOptions(
    int chains, long warmup, double acceptance, double gain, double scaleDecay, double shapeDecay) {
  /** Checks ranges. */
  public RandomWalkOptions {
    Require.atLeast("chains", chains, 1);
    Require.atLeast("warmup", warmup, 0);
    Require.share("acceptance", acceptance);
    Require.positive("gain", gain);
    decay("scaleDecay", scaleDecay);
    decay("shapeDecay", shapeDecay);
  }

  /**
   * The usual choice: acceptance 0.44 for one parameter, 0.35 for two to four, 0.234 from five on.
   *
   * @param dimension d
   */
  public static RandomWalkOptions of(int dimension, int chains, long warmup) {
    return new RandomWalkOptions(chains, warmup, usualAcceptance(dimension), 1, 0.6, 0.8);
  }

  /** Another acceptance to aim at. */
  public RandomWalkOptions withAcceptance(double other) {
    return new RandomWalkOptions(chains, warmup, other, gain, scaleDecay, shapeDecay);
  }

  /** The acceptance rate near which random walks in d dimensions are most efficient. */
  static double usualAcceptance(int dimension) {
    return dimension == 1 ? 0.44 : dimension < 5 ? 0.35 : 0.234;
  }

  private static void decay(String what, double value) {
    if (!(value > 0.5 && value <= 1)) {
      throw new IllegalArgumentException(
          what + ": expected a number above 0.5 and at most 1, found " + value);
    }
  }
}
