// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.StreamKey;
import java.util.Arrays;
import java.util.List;

/**
 * Random-walk Metropolis on C chains that learn scale and shape of their steps together, and freeze
 * both at the end of warm-up, so that draws come from an ordinary Markov chain:
 *
 * <pre>
 * x'      = x + exp(l) L z,  z ~ N(0, I),  L L' = Sigma,   l = log(2.38 / sqrt d) at first
 * x'      is taken if log U &lt; log pi(x') - log pi(x)
 * g_t     = min(1, g0 t^-decay)
 * l       = l + g_t (mean_c a_c - a*)                      a_c = min(1, pi(x') / pi(x))
 * mu      = mu + g_t (mean_c x_c - mu)
 * Sigma   = Sigma + g_t (mean_c (x_c - mu)(x_c - mu)' - Sigma)
 * </pre>
 *
 * <p>where t counts from the last of the times w / 2, w / 4, w / 8, ... of a warm-up of w
 * iterations, so that what chains met on their way from the start is forgotten, and where Sigma's
 * gain is at most C / (C + d), since C points span no more directions.
 *
 * <p>An iteration asks the target once, for the proposals of all chains: one pass over distributed
 * rows. The mean over chains divides the noise of the adaptation by C. Gaussians of a proposal have
 * the address (0, iteration, chain, 0, 1, ...), the uniform that decides (0, iteration, chain,
 * 2<sup>32</sup>); all that decides is computed by StrictMath in a fixed order. O(C d<sup>2</sup>)
 * a step besides the target, and O(d<sup>3</sup>) in warm-up.
 *
 * <p>Sources: H. Haario, E. Saksman, J. Tamminen, <em>An adaptive Metropolis algorithm</em>, 2001,
 * <a href="https://doi.org/10.2307/3318737">doi:10.2307/3318737</a>; C. Andrieu, J. Thoms, <em>A
 * tutorial on adaptive MCMC</em>, 2008, <a
 * href="https://doi.org/10.1007/s11222-008-9110-y">doi:10.1007/s11222-008-9110-y</a>; G. O.
 * Roberts, A. Gelman, W. R. Gilks, <em>Weak convergence and optimal scaling of random walk
 * Metropolis algorithms</em>, 1997, <a
 * href="https://doi.org/10.1214/aoap/1034625254">doi:10.1214/aoap/1034625254</a>.
 */
public final class RandomWalkMetropolis implements Sampler<RandomWalkState> {
  private final BatchTarget target;
  private final StreamKey key;
  private final RandomWalkOptions options;
  private final PackedSymmetric firstShape;

  private RandomWalkMetropolis(
      BatchTarget target, StreamKey key, RandomWalkOptions options, PackedSymmetric shape) {
    this.target = target;
    this.key = key;
    this.options = options;
    firstShape = shape;
  }

  /** Steps that are round at first. */
  public static RandomWalkMetropolis of(
      BatchTarget target, StreamKey key, RandomWalkOptions options) {
    double[] ones = new double[Require.dimension(target.dimension())];
    Arrays.fill(ones, 1);
    return of(target, key, options, PackedSymmetric.ofDiagonal(ones));
  }

  /**
   * Steps of a given shape at first, such as the inverse Hessian at the mode.
   *
   * @param shape first Sigma, d x d, positive definite; copied
   * @throws IllegalArgumentException if it is not positive definite or of another order
   */
  public static RandomWalkMetropolis of(
      BatchTarget target, StreamKey key, RandomWalkOptions options, PackedSymmetric shape) {
    if (shape.order() != target.dimension()) {
      throw new IllegalArgumentException(
          "shape of the steps: expected order " + target.dimension() + ", found " + shape.order());
    }
    if (Cholesky.of(shape).isEmpty()) {
      throw new IllegalArgumentException(
          "shape of the steps: expected a positive definite matrix, found one that is not");
    }
    return new RandomWalkMetropolis(target, key, options, shape.copy());
  }

  @Override
  public long warmup() {
    return options.warmup();
  }

  @Override
  public List<String> names() {
    return target.names();
  }

  @Override
  public RandomWalkState start(double[] positions) {
    Ensemble ensemble = Walkers.start(target, options.chains(), positions);
    int d = target.dimension();
    double[] mean = new double[d];
    for (int i = 0; i < positions.length; i++) {
      mean[i % d] += positions[i] / options.chains();
    }
    double logScale = StrictMath.log(2.38 / StrictMath.sqrt(d));
    return new RandomWalkState(ensemble, 0, logScale, mean, firstShape.packed());
  }

  @Override
  public RandomWalkState advance(RandomWalkState state, long iterations, DrawSink sink) {
    Walkers walkers = Walkers.of(state.ensemble());
    WalkShape shape = new WalkShape(options, state);
    new WalkLoop(target, key, options.warmup()).advance(walkers, shape, iterations, sink);
    return shape.state(walkers.ensemble());
  }
}
