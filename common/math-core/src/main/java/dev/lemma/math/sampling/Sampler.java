// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.List;

/**
 * A Markov chain sampler that moves C chains together. It holds no state of its own: {@link #start}
 * makes one, {@link #advance} maps one to a later one.
 *
 * @param <S> what is stored between two stretches of a run
 */
public interface Sampler<S extends SamplerState> {
  /** Iterations during which the sampler adapts; draws of these are not of the target. */
  long warmup();

  /** The names of the d parameters. */
  List<String> names();

  /**
   * The state before the first iteration.
   *
   * @param positions C x d numbers, chain by chain, where the density is positive
   * @throws IllegalArgumentException if their number is another, one is not finite, or a chain
   *     starts where the density is 0
   * @throws TargetException if the target returns NaN or +infinity
   */
  S start(double[] positions);

  /**
   * The state a number of iterations later.
   *
   * @param iterations from 0
   * @param sink receives the draws of these iterations
   * @throws TargetException if the target returns NaN or +infinity; what the sink has received
   *     before stays valid
   */
  S advance(S state, long iterations, DrawSink sink);

  /**
   * The draws of all chains after warm-up: n iterations for each chain.
   *
   * @param positions as for {@link #start}
   * @param draws n, at least 1
   */
  default Chains sample(double[] positions, int draws) {
    S state = advance(start(positions), warmup(), DrawSink.none());
    ChainsBuilder builder =
        new ChainsBuilder(names(), state.ensemble().chains(), Require.atLeast("draws", draws, 1));
    return builder.build(advance(state, draws, builder).ensemble().acceptanceRates());
  }
}
