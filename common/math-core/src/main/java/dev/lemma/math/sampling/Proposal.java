// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;

/**
 * A proposal law on states of any kind for {@link MetropolisHastings}.
 *
 * @param <S> a state; values, never changed once made
 */
public interface Proposal<S> {
  /**
   * Draws a proposal.
   *
   * @param source for all that this draws
   */
  S draw(S from, KeyedSource source);

  /**
   * ln q(to | from), up to a constant that is the same for all pairs. -infinity for a move that
   * cannot be proposed.
   */
  double logDensity(S to, S from);
}
