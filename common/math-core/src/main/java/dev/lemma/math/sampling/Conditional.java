// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;

/**
 * A move of one parameter, or of a block of them, that leaves the target unchanged given the
 * others: an exact draw from the full conditional, or a Markov step such as {@link
 * SliceConditional}.
 */
@FunctionalInterface
public interface Conditional {
  /**
   * Replaces the block's numbers.
   *
   * @param state d numbers, of which the block's are to be overwritten and the others left alone
   * @param source at the address of this move, for all that it draws
   */
  void draw(double[] state, KeyedSource source);
}
