// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;

/**
 * What annealing minimises: an energy on states of any kind, and a symmetric way of changing them.
 * To maximise f, take -f.
 *
 * @param <S> a state; values, never changed once made
 */
public interface Landscape<S> {
  /** The energy: a number, or +infinity for a state that is not allowed. */
  double energy(S state);

  /**
   * A neighbour of a state, chosen with equal probability in both directions.
   *
   * @param source for all that this draws
   */
  S neighbour(S state, KeyedSource source);
}
