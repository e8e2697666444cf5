// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Metropolis-Hastings on states of any kind: counts, permutations, sentences. A proposal y ~ q(. |
 * x) is taken with the probability that an {@link AcceptanceRule} gives; a refusal repeats x, and
 * the repeat counts as a draw.
 *
 * <p>Iteration i of chain c draws its proposal at the address (0, i, c, 2<sup>32</sup>, ...), and
 * decides at (0, i, c, 0). The state between two stretches is a record: a run cut anywhere goes on
 * to the same states.
 *
 * <p>Source: W. K. Hastings, 1970, <a
 * href="https://doi.org/10.1093/biomet/57.1.97">doi:10.1093/biomet/57.1.97</a>.
 *
 * @param <S> a state
 */
public final class MetropolisHastings<S> {
  /** Receives every draw. */
  @FunctionalInterface
  public interface Visitor<S> {
    /** Takes the state of a chain after an iteration. */
    void visit(long iteration, int chain, S state);
  }

  private final ToDoubleFunction<S> logTarget;
  private final Proposal<S> proposal;
  private final AcceptanceRule rule;
  private final StreamKey key;

  /**
   * A sampler.
   *
   * @param logTarget ln p up to a constant; -infinity outside of the support
   */
  public MetropolisHastings(
      ToDoubleFunction<S> logTarget, Proposal<S> proposal, AcceptanceRule rule, StreamKey key) {
    this.logTarget = logTarget;
    this.proposal = proposal;
    this.rule = rule;
    this.key = key;
  }

  /**
   * Chains at their starts.
   *
   * @throws IllegalArgumentException if there is none, or one starts where the density is 0
   * @throws TargetException if the target is NaN or +infinity
   */
  public MarkovState<S> start(List<S> starts) {
    double[] densities = new double[starts.size()];
    for (int c = 0; c < densities.length; c++) {
      double density = logTarget.applyAsDouble(starts.get(c));
      if (TargetException.check(density, c, Walkers.START) == Double.NEGATIVE_INFINITY) {
        throw Walkers.outside(c);
      }
      densities[c] = density;
    }
    return new MarkovState<>(0, starts, densities, new long[densities.length]);
  }

  /**
   * The chains a number of iterations later.
   *
   * @throws TargetException if the target is NaN or +infinity
   */
  public MarkovState<S> advance(MarkovState<S> from, long iterations, Visitor<S> visitor) {
    List<S> current = new ArrayList<>(from.current());
    double[] densities = from.logDensities();
    long[] accepted = from.accepted();
    KeyedSource source = new KeyedSource(key);
    for (long i = from.iteration(); i < from.iteration() + iterations; i++) {
      for (int c = 0; c < densities.length; c++) {
        S here = current.get(c);
        S there = proposal.draw(here, source.at(0, i, c, 1));
        double density = TargetException.check(logTarget.applyAsDouble(there), c, i);
        double forward = densities[c] + proposal.logDensity(there, here);
        double backward = density + proposal.logDensity(here, there);
        if (-Variates.exponential(source.at(0, i, c)) < rule.logProbability(forward, backward)) {
          current.set(c, there);
          densities[c] = density;
          accepted[c]++;
        }
        visitor.visit(i, c, current.get(c));
      }
    }
    return new MarkovState<>(from.iteration() + iterations, current, densities, accepted);
  }
}
