// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/** Receives the states of all chains after every iteration, in order. */
@FunctionalInterface
public interface DrawSink {
  /**
   * Takes one draw of each of C chains.
   *
   * @param iteration number of the iteration that ends in these states, from 0, warm-up included
   * @param positions C x d numbers, chain by chain; the sampler's own array, to be copied
   * @param logDensities C numbers, NaN where the sampler does not know them; the sampler's own
   */
  void accept(long iteration, double[] positions, double[] logDensities);

  /** Forgets everything: for warm-up. */
  static DrawSink none() {
    return (iteration, positions, logDensities) -> {};
  }
}
