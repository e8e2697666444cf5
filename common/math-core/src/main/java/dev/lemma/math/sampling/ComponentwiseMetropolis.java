// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.Gaussians;
import dev.lemma.math.random.StreamKey;
import java.util.List;

/**
 * Metropolis that moves one parameter after the other, each by a Gaussian step of a size of its
 * own: d evaluations of the target, in d calls, make one iteration. Step sizes are learnt over all
 * C chains during warm-up,
 *
 * <pre>
 * l_j = l_j + t^-0.6 (mean_c a_cj - 0.44),
 * </pre>
 *
 * <p>and frozen after it. For targets without strong correlations, and where a single parameter is
 * cheap to change. Gaussians have the address (0, iteration, chain, 0, 1, ...), the uniform that
 * decides about parameter j (0, iteration, chain, (1 + j) 2<sup>32</sup>).
 *
 * <p>Source: H. Haario, E. Saksman, J. Tamminen, <em>Componentwise adaptation for high dimensional
 * MCMC</em>, 2005, <a href="https://doi.org/10.1007/BF02789703">doi:10.1007/BF02789703</a>.
 */
public final class ComponentwiseMetropolis implements Sampler<ComponentwiseState> {
  private static final double ACCEPTANCE = 0.44;
  private static final double DECAY = 0.6;

  private final BatchTarget target;
  private final StreamKey key;
  private final int chains;
  private final long warmup;

  /**
   * A sampler of C chains.
   *
   * @param chains C
   * @param warmup iterations that adapt
   */
  public ComponentwiseMetropolis(BatchTarget target, StreamKey key, int chains, long warmup) {
    this.target = target;
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
  public ComponentwiseState start(double[] positions) {
    return new ComponentwiseState(
        Walkers.start(target, chains, positions), 0, new double[target.dimension()]);
  }

  @Override
  public ComponentwiseState advance(ComponentwiseState state, long iterations, DrawSink sink) {
    Walkers walkers = Walkers.of(state.ensemble());
    double[] logScales = state.logScales();
    long adaptations = state.adaptations();
    Gaussians source = new Gaussians(key);
    Decisions decisions = new Decisions(key);
    double[] gaussians = new double[walkers.positions.length];
    for (long i = 0; i < iterations; i++) {
      for (int c = 0; c < walkers.chains; c++) {
        int at = c * walkers.dimension;
        source.fill(0, walkers.iteration, c, gaussians, at, walkers.dimension);
      }
      boolean warm = walkers.iteration >= warmup;
      double gain = warm ? 0 : StrictMath.pow(++adaptations, -DECAY);
      for (int j = 0; j < walkers.dimension; j++) {
        double acceptance = update(walkers, j, StrictMath.exp(logScales[j]), gaussians, decisions);
        logScales[j] += gain * (acceptance - ACCEPTANCE);
      }
      walkers.emit(sink);
    }
    return new ComponentwiseState(walkers.ensemble(), adaptations, logScales);
  }

  /** Moves parameter j of all chains; returns the mean acceptance probability. */
  private double update(
      Walkers walkers, int j, double scale, double[] gaussians, Decisions decisions) {
    int d = walkers.dimension;
    System.arraycopy(walkers.positions, 0, walkers.proposals, 0, walkers.positions.length);
    for (int c = 0; c < walkers.chains; c++) {
      walkers.proposals[c * d + j] += scale * gaussians[c * d + j];
    }
    walkers.evaluate(target);
    double acceptance = 0;
    for (int c = 0; c < walkers.chains; c++) {
      double logRatio = walkers.proposed[c] - walkers.logDensities[c];
      boolean moved = decisions.logUniform(walkers.iteration, c, j) < logRatio;
      if (moved) {
        walkers.move(c);
      }
      if (walkers.iteration >= warmup) {
        walkers.count(c, moved);
      }
      acceptance += StrictMath.exp(Math.min(0, logRatio)) / walkers.chains;
    }
    return acceptance;
  }
}
