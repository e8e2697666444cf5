// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.StreamKey;
import java.util.Arrays;
import java.util.List;

/**
 * Random-walk Metropolis that learns the shape of its steps from acceptance alone (RAM), without
 * moments of the target, which heavy tails may not have:
 *
 * <pre>
 * x'    = x + S u,  u ~ N(0, I)
 * S S'  = S (I + eta_t mean_c (a_c - a*) u_c u_c' / |u_c|^2) S',   eta_t = min(1, d t^-0.6)
 * </pre>
 *
 * <p>where the mean runs over the C chains (with one chain it is Vihola's algorithm). Frozen after
 * warm-up. Addresses and batches as in {@link RandomWalkMetropolis}.
 *
 * <p>Source: M. Vihola, <em>Robust adaptive Metropolis algorithm with coerced acceptance rate</em>,
 * 2012, <a href="https://doi.org/10.1007/s11222-011-9269-5">doi:10.1007/s11222-011-9269-5</a>,
 * arXiv:1011.4381.
 */
public final class RobustAdaptiveMetropolis implements Sampler<RobustState> {
  private static final double DECAY = 0.6;

  private final BatchTarget target;
  private final StreamKey key;
  private final int chains;
  private final long warmup;
  private final double acceptance;

  /**
   * A sampler of C chains.
   *
   * @param chains C
   * @param warmup iterations that adapt
   * @param acceptance a*, between 0 and 1
   */
  public RobustAdaptiveMetropolis(
      BatchTarget target, StreamKey key, int chains, long warmup, double acceptance) {
    this.target = target;
    this.key = key;
    this.chains = Require.atLeast("chains", chains, 1);
    this.warmup = Require.atLeast("warmup", warmup, 0);
    this.acceptance = Require.share("acceptance", acceptance);
  }

  /** With the acceptance rate that suits the target's dimension. */
  public RobustAdaptiveMetropolis(BatchTarget target, StreamKey key, int chains, long warmup) {
    this(target, key, chains, warmup, RandomWalkOptions.usualAcceptance(target.dimension()));
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
  public RobustState start(double[] positions) {
    double[] diagonal = new double[target.dimension()];
    Arrays.fill(diagonal, 2.38 * 2.38 / diagonal.length);
    return new RobustState(
        Walkers.start(target, chains, positions), 0, PackedSymmetric.ofDiagonal(diagonal).packed());
  }

  @Override
  public RobustState advance(RobustState state, long iterations, DrawSink sink) {
    Walkers walkers = Walkers.of(state.ensemble());
    Shape shape = new Shape(state);
    new WalkLoop(target, key, warmup).advance(walkers, shape, iterations, sink);
    return new RobustState(walkers.ensemble(), shape.adaptations, shape.matrix.packed());
  }

  private final class Shape implements StepShape {
    private final int dimension;
    private final PackedSymmetric matrix;
    private final double[] direction;
    private long adaptations;
    private Cholesky factor;

    Shape(RobustState state) {
      dimension = state.ensemble().dimension();
      matrix = PackedSymmetric.wrap(dimension, state.shape());
      direction = new double[dimension];
      adaptations = state.adaptations();
      factor = StepFactor.of(matrix);
    }

    @Override
    public void shapeInPlace(double[] gaussians) {
      factor.colourInPlace(gaussians);
    }

    @Override
    public void learn(double[] logRatios, double[] positions, double[] gaussians) {
      adaptations++;
      double gain = Math.min(1, dimension * StrictMath.pow(adaptations, -DECAY));
      for (int c = 0; c < logRatios.length; c++) {
        double squares = 0;
        for (int j = 0; j < dimension; j++) {
          direction[j] = gaussians[c * dimension + j];
          squares += direction[j] * direction[j];
        }
        factor.colourInPlace(direction);
        double excess = StrictMath.exp(Math.min(0, logRatios[c])) - acceptance;
        matrix.addRankOneInPlace(gain * excess / (squares * logRatios.length), direction);
      }
      factor = StepFactor.of(matrix);
    }
  }
}
