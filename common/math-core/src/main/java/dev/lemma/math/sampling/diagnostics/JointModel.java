// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * A prior, a way to simulate data and the sampler under test, for {@link JointTest}.
 *
 * <p>Every call draws its random numbers from the address that its argument names, so that no two
 * calls share any.
 *
 * @param <S> parameters and data together; values are not changed once returned
 */
public interface JointModel<S> {
  /**
   * Parameters from the prior, then data given them.
   *
   * @param iteration 0, 1, ...
   */
  S simulate(long iteration);

  /**
   * One step of the sampler for the parameters given the data of {@code state}, then new data given
   * the new parameters.
   *
   * @param state the last one
   * @param iteration 0, 1, ..., with random numbers apart from those of {@link #simulate}
   */
  S transition(S state, long iteration);

  /**
   * The functions whose means are compared, such as parameters, their squares and products with
   * data: finite, always equally many and in the same order.
   */
  double[] functions(S state);
}
