// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.Gaussians;
import dev.lemma.math.random.StreamKey;
import java.util.Arrays;
import java.util.List;

/**
 * Parallel tempering for targets with separate modes: every chain keeps a walker at each of K
 * temperatures 1 = T_1 &lt; ... &lt; T_K, whose target is pi<sup>1 / T</sup>; walkers of
 * neighbouring temperatures swap places,
 *
 * <pre>
 * walk:  x' = x + exp(l_k) L z,      taken if ln U &lt; (ln pi(x') - ln pi(x)) / T_k
 * swap:  x_k and x_(k+1),            if ln U &lt; (1 / T_k - 1 / T_(k+1)) (ln pi(x_(k+1)) - ln pi(x_k))
 * </pre>
 *
 * <p>in even iterations the pairs (1, 2), (3, 4), ..., in odd ones (2, 3), (4, 5), ... Step sizes
 * are learnt by level during warm-up and then frozen. Draws are those at temperature 1. One call of
 * the target an iteration, for C K points. Walker (chain, level k) has the lane chain K + k: steps
 * at block 0, 1, ..., its decision at 2<sup>32</sup>, the swap with the next level at 2 x
 * 2<sup>32</sup>.
 *
 * <p>Sources: C. J. Geyer, 1991; D. J. Earl, M. W. Deem, <em>Parallel tempering: theory,
 * applications, and new perspectives</em>, 2005, <a
 * href="https://doi.org/10.1039/B509983H">doi:10.1039/B509983H</a>, arXiv:physics/0508111.
 */
public final class ParallelTempering implements Sampler<TemperingState> {
  private static final double DECAY = 0.6;

  private final BatchTarget target;
  private final StreamKey key;
  private final double[] temperatures;
  private final Cholesky step;
  private final int chains;
  private final long warmup;
  private final double acceptance;

  /**
   * A sampler of C chains.
   *
   * @param temperatures K numbers, ascending from 1
   * @param shape of the steps, d x d, positive definite: a rough covariance
   * @param chains C
   * @param warmup iterations that adapt
   * @throws IllegalArgumentException if the temperatures do not ascend from 1, or the shape is not
   *     positive definite of order d
   */
  public ParallelTempering(
      BatchTarget target,
      StreamKey key,
      double[] temperatures,
      PackedSymmetric shape,
      int chains,
      long warmup) {
    this.target = target;
    this.key = key;
    this.temperatures = ascending(temperatures.clone());
    int d = Require.dimension(target.dimension());
    if (shape.order() != d) {
      throw new IllegalArgumentException(
          "shape of the steps: expected order " + d + ", found " + shape.order());
    }
    this.step =
        Cholesky.of(shape)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "shape of the steps: expected a positive definite matrix, found one that"
                            + " is not"));
    this.chains = Require.atLeast("chains", chains, 1);
    this.warmup = Require.atLeast("warmup", warmup, 0);
    this.acceptance = RandomWalkOptions.usualAcceptance(d);
  }

  /** K temperatures in geometric progression from 1 to the hottest. */
  public static double[] ladder(int levels, double hottest) {
    double[] temperatures = new double[Require.atLeast("levels", levels, 1)];
    for (int k = 0; k < levels; k++) {
      temperatures[k] = StrictMath.pow(hottest, k / Math.max(1.0, levels - 1.0));
    }
    return temperatures;
  }

  private static double[] ascending(double[] temperatures) {
    boolean good = temperatures.length > 0 && temperatures[0] == 1;
    for (int k = 1; k < temperatures.length; k++) {
      good &= temperatures[k] > temperatures[k - 1] && Double.isFinite(temperatures[k]);
    }
    if (!good) {
      throw new IllegalArgumentException(
          "temperatures: expected finite numbers that ascend from 1, found "
              + Arrays.toString(temperatures));
    }
    return temperatures;
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
  public TemperingState start(double[] positions) {
    Ensemble cold = Walkers.start(target, chains, positions);
    int d = target.dimension();
    int k = temperatures.length;
    double[] levels = new double[chains * k * d];
    double[] densities = new double[chains * k];
    for (int w = 0; w < chains * k; w++) {
      System.arraycopy(positions, w / k * d, levels, w * d, d);
      densities[w] = cold.logDensities()[w / k];
    }
    double[] logScales = new double[k];
    for (int level = 0; level < k; level++) {
      logScales[level] = StrictMath.log(2.38 * StrictMath.sqrt(temperatures[level] / d));
    }
    return new TemperingState(
        cold, levels, densities, 0, logScales, new long[k - 1], new long[k - 1]);
  }

  @Override
  public TemperingState advance(TemperingState state, long iterations, DrawSink sink) {
    Ladder ladder = new Ladder(state);
    for (long i = 0; i < iterations; i++) {
      ladder.walk();
      ladder.swap();
      ladder.emit(sink);
    }
    return ladder.state();
  }

  private final class Ladder {
    private final int levels = temperatures.length;
    private final Walkers walkers;
    private final Walkers cold;
    private final double[] logScales;
    private final long[] swapped;
    private final long[] offered;
    private final Gaussians gaussians = new Gaussians(key);
    private final Decisions decisions = new Decisions(key);
    private final double[] stepOf;
    private final double[] acceptances = new double[levels];
    private long adaptations;

    Ladder(TemperingState state) {
      cold = Walkers.of(state.ensemble());
      int all = chains * levels;
      walkers =
          Walkers.of(
              new Ensemble(
                  cold.iteration,
                  cold.dimension,
                  state.levels(),
                  state.levelDensities(),
                  new long[all],
                  new long[all]));
      logScales = state.logScales();
      swapped = state.swapped();
      offered = state.offered();
      adaptations = state.adaptations();
      stepOf = new double[cold.dimension];
    }

    void walk() {
      for (int w = 0; w < walkers.chains; w++) {
        gaussians.fill(0, walkers.iteration, w, stepOf, 0, stepOf.length);
        step.colourInPlace(stepOf);
        double scale = StrictMath.exp(logScales[w % levels]);
        for (int j = 0; j < stepOf.length; j++) {
          stepOf[j] *= scale;
        }
        walkers.propose(w, stepOf);
      }
      walkers.evaluate(target);
      Arrays.fill(acceptances, 0);
      boolean warm = walkers.iteration >= warmup;
      for (int w = 0; w < walkers.chains; w++) {
        int level = w % levels;
        double rise = walkers.proposed[w] - walkers.logDensities[w];
        boolean moved = walkers.decide(decisions, w, rise / temperatures[level]);
        acceptances[level] += StrictMath.exp(Math.min(0, rise / temperatures[level])) / chains;
        if (warm && level == 0) {
          cold.count(w / levels, moved);
        }
      }
      if (!warm) {
        double gain = StrictMath.pow(++adaptations, -DECAY);
        for (int level = 0; level < levels; level++) {
          logScales[level] += gain * (acceptances[level] - acceptance);
        }
      }
    }

    void swap() {
      int first = (int) (walkers.iteration & 1);
      for (int c = 0; c < chains; c++) {
        for (int k = first; k + 1 < levels; k += 2) {
          int w = c * levels + k;
          double logRatio =
              (1 / temperatures[k] - 1 / temperatures[k + 1])
                  * (walkers.logDensities[w + 1] - walkers.logDensities[w]);
          boolean swaps = decisions.logUniform(walkers.iteration, w, 1) < logRatio;
          if (swaps) {
            walkers.exchange(w, w + 1);
          }
          if (walkers.iteration >= warmup) {
            offered[k]++;
            swapped[k] += swaps ? 1 : 0;
          }
        }
      }
    }

    void emit(DrawSink sink) {
      int d = cold.dimension;
      for (int c = 0; c < chains; c++) {
        System.arraycopy(walkers.positions, c * levels * d, cold.positions, c * d, d);
        cold.logDensities[c] = walkers.logDensities[c * levels];
      }
      walkers.emit(DrawSink.none());
      cold.emit(sink);
    }

    TemperingState state() {
      return new TemperingState(
          cold.ensemble(),
          walkers.positions,
          walkers.logDensities,
          adaptations,
          logScales,
          swapped,
          offered);
    }
  }
}
