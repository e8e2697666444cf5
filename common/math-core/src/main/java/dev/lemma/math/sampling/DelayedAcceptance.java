// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.List;

/**
 * Metropolis whose proposals come from m random-walk steps on a cheap surrogate pihat of the
 * target, so that each evaluation of the target tests a point far from the last:
 *
 * <pre>
 * y = m Metropolis steps from x that leave pihat unchanged
 * y is taken with probability min(1, pi(y) pihat(x) / (pi(x) pihat(y)))
 * </pre>
 *
 * <p>Exact whatever the surrogate, since a kernel that is reversible for pihat, iterated, still is;
 * with m = 1 this is delayed acceptance. A good surrogate makes draws nearly independent, a bad one
 * lowers acceptance. A chain whose surrogate steps were all refused proposes where it stands.
 *
 * <p>One call of the target an iteration, for all C chains. Surrogate step s draws at the address
 * (0, iteration, chain, (2 + s) 2<sup>32</sup>, ...); the second stage decides at (0, iteration,
 * chain, 2<sup>32</sup>).
 *
 * <p>Sources: J. A. Christen, C. Fox, <em>Markov chain Monte Carlo using an approximation</em>,
 * 2005, <a href="https://doi.org/10.1198/106186005X76983">doi:10.1198/106186005X76983</a>; J. S.
 * Liu, <em>Monte Carlo strategies in scientific computing</em>, 2001, section 9.4.3 (surrogate
 * transition).
 */
public final class DelayedAcceptance implements Sampler<ChainState> {
  private final BatchTarget target;
  private final Target surrogate;
  private final Cholesky step;
  private final double scale;
  private final int steps;
  private final StreamKey key;
  private final int chains;
  private final long warmup;

  /**
   * A sampler of C chains.
   *
   * @param surrogate pihat, positive wherever the target is
   * @param shape covariance of the target, roughly: steps are N(0, 2.38<sup>2</sup> / d shape)
   * @param steps m, surrogate steps an evaluation of the target, at least 1
   * @param chains C
   * @param warmup iterations to forget
   * @throws IllegalArgumentException if dimensions differ or the shape is not positive definite
   */
  public DelayedAcceptance(
      BatchTarget target,
      Target surrogate,
      PackedSymmetric shape,
      int steps,
      StreamKey key,
      int chains,
      long warmup) {
    int d = Require.dimension(target.dimension());
    if (surrogate.dimension() != d || shape.order() != d) {
      throw new IllegalArgumentException(
          "surrogate and shape: expected dimension "
              + d
              + ", found "
              + surrogate.dimension()
              + " and "
              + shape.order());
    }
    this.target = target;
    this.surrogate = surrogate;
    this.step =
        Cholesky.of(shape)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "shape of the steps: expected a positive definite matrix, found one that"
                            + " is not"));
    this.scale = 2.38 / StrictMath.sqrt(d);
    this.steps = Require.atLeast("steps", steps, 1);
    this.key = key;
    this.chains = Require.atLeast("chains", chains, 1);
    this.warmup = Require.atLeast("warmup", warmup, 0);
  }

  @Override
  public long warmup() {
    return warmup;
  }

  @Override
  public List<String> names() {
    return target.names();
  }

  @Override
  public ChainState start(double[] positions) {
    return new ChainState(Walkers.start(target, chains, positions));
  }

  @Override
  public ChainState advance(ChainState state, long iterations, DrawSink sink) {
    Walkers walkers = Walkers.of(state.ensemble());
    Decisions decisions = new Decisions(key);
    SurrogateWalk walk = new SurrogateWalk(walkers.dimension);
    double[] gains = new double[walkers.chains];
    for (long i = 0; i < iterations; i++) {
      for (int c = 0; c < walkers.chains; c++) {
        gains[c] = walk.propose(walkers, c);
      }
      walkers.evaluate(target);
      for (int c = 0; c < walkers.chains; c++) {
        double logRatio = walkers.proposed[c] - walkers.logDensities[c] - gains[c];
        boolean moved = walkers.decide(decisions, c, logRatio);
        if (walkers.iteration >= warmup) {
          walkers.count(c, moved);
        }
      }
      walkers.emit(sink);
    }
    return new ChainState(walkers.ensemble());
  }

  private final class SurrogateWalk {
    private final KeyedSource source = new KeyedSource(key);
    private final double[] current;
    private final double[] proposal;

    SurrogateWalk(int dimension) {
      current = new double[dimension];
      proposal = new double[dimension];
    }

    /** Writes the proposal of a chain; returns ln pihat(y) - ln pihat(x). */
    double propose(Walkers walkers, int c) {
      int d = walkers.dimension;
      System.arraycopy(walkers.positions, c * d, current, 0, d);
      double first = density(current, walkers.iteration, c);
      double here = first;
      for (int s = 0; s < steps; s++) {
        source.at(0, walkers.iteration, c, 2 + s);
        Variates.gaussians(source, proposal, 0, d);
        step.colourInPlace(proposal);
        for (int j = 0; j < d; j++) {
          proposal[j] = current[j] + scale * proposal[j];
        }
        double there = density(proposal, walkers.iteration, c);
        if (-Variates.exponential(source) < there - here) {
          System.arraycopy(proposal, 0, current, 0, d);
          here = there;
        }
      }
      System.arraycopy(current, 0, walkers.proposals, c * d, d);
      return here - first;
    }

    private double density(double[] x, long iteration, int chain) {
      return TargetException.check(surrogate.logDensity(x), chain, iteration);
    }
  }
}
