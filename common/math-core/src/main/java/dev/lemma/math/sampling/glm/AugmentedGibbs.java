// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.Gamma;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.sampling.ChainState;
import dev.lemma.math.sampling.DrawSink;
import dev.lemma.math.sampling.Ensemble;
import dev.lemma.math.sampling.Sampler;
import java.util.Arrays;
import java.util.List;

/**
 * Gibbs sampling of logistic and probit regressions by latent variables of the rows: one pass an
 * iteration for all chains, nothing to tune, nothing rejected.
 *
 * <pre>
 * logistic   b ~ N(A^-1 (X'(y - 1/2) + B^-1 b0), A^-1),   A = X'WX + B^-1
 * probit     g^2 ~ Gamma(n / 2, rate (z'z - z'X A^-1 X'z) / 2), z = g z
 *            b ~ N(A^-1 (X'z + B^-1 b0), A^-1),           A = X'X + B^-1
 * </pre>
 *
 * <p>The scale move g of probit leaves the law of z unchanged and takes away most of the
 * correlation between z and b; it needs priors centred at 0 and is left out for others. The log
 * density is not known to the sampler. Draws of coefficients have the address (0, iteration,
 * chain).
 *
 * <p>Sources: as {@link AugmentationKernel}; J. S. Liu, Y. N. Wu, <em>Parameter expansion for data
 * augmentation</em>, 1999, <a
 * href="https://doi.org/10.1080/01621459.1999.10473879">doi:10.1080/01621459.1999.10473879</a>.
 */
public final class AugmentedGibbs implements Sampler<ChainState> {
  private final Likelihood likelihood;
  private final List<String> names;
  private final GaussianPriors priors;
  private final AugmentedPasses passes;
  private final StreamKey key;
  private final int chains;
  private final long warmup;

  /** Rows of probit, by their weights. */
  private final double rows;

  /** X'(y - 1/2) of logistic. */
  private final double[] pull;

  /** X'X + B^-1 of probit. */
  private final PackedSymmetric fixed;

  /**
   * A sampler of C chains.
   *
   * @param data the rows, of whole weights; one pass is made here
   * @param names of the d coefficients
   * @param priors of the d coefficients, normal or flat
   * @param passes over the same rows
   * @param chains C
   * @param warmup iterations to forget
   */
  public AugmentedGibbs(
      GlmData data,
      List<String> names,
      List<Prior> priors,
      AugmentedPasses passes,
      StreamKey key,
      int chains,
      long warmup) {
    this.likelihood = data.shape().likelihood();
    this.names = List.copyOf(names);
    this.priors = GaussianPriors.of(priors);
    this.passes = passes;
    this.key = key;
    this.chains = chains;
    this.warmup = warmup;
    int d = this.priors.size();
    // At 0 the slope of a logistic term is y - 1/2, the curvature of a probit term 2 / pi.
    GlmDerivatives atZero = data.derivatives(new double[d]);
    this.rows = atZero.weight();
    this.pull = atZero.gradient().clone();
    this.fixed = atZero.curvature().copy();
    fixed.scaleInPlace(Math.PI / 2);
    addPrecision(fixed);
  }

  private void addPrecision(PackedSymmetric matrix) {
    for (int j = 0; j < priors.size(); j++) {
      matrix.set(j, j, matrix.get(j, j) + priors.precision(j));
    }
  }

  @Override
  public long warmup() {
    return warmup;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public ChainState start(double[] positions) {
    return new ChainState(Ensemble.start(priors.size(), chains, positions));
  }

  @Override
  public ChainState advance(ChainState state, long iterations, DrawSink sink) {
    Ensemble from = state.ensemble();
    double[] b = from.positions();
    double[] unknown = from.logDensities();
    KeyedSource source = new KeyedSource(key);
    long iteration = from.iteration();
    for (long end = iteration + iterations; iteration < end; iteration++) {
      double[] sums = passes.sums(b, chains, iteration);
      int length = sums.length / chains;
      for (int c = 0; c < chains; c++) {
        source.at(0, iteration, c);
        double[] own = Arrays.copyOfRange(sums, c * length, (c + 1) * length);
        double[] drawn =
            likelihood == Likelihood.LOGISTIC ? logistic(own, source) : probit(own, source);
        System.arraycopy(drawn, 0, b, c * drawn.length, drawn.length);
      }
      sink.accept(iteration, b, unknown);
    }
    return new ChainState(
        new Ensemble(iteration, from.dimension(), b, unknown, from.accepted(), from.proposed()));
  }

  private double[] logistic(double[] weighted, KeyedSource source) {
    int d = priors.size();
    PackedSymmetric precision = PackedSymmetric.wrap(d, weighted);
    addPrecision(precision);
    return around(factor(precision), withPrior(pull), source);
  }

  private double[] probit(double[] sums, KeyedSource source) {
    int d = priors.size();
    double[] right = Arrays.copyOf(sums, d);
    Cholesky factor = factor(fixed);
    if (priors.areCentred()) {
      double[] half = right.clone();
      factor.halfSolveInPlace(half);
      double left = sums[d];
      for (double value : half) {
        left -= value * value;
      }
      double scale = StrictMath.sqrt(2 * Gamma.draw(source, rows / 2) / left);
      for (int j = 0; j < d; j++) {
        right[j] *= scale;
      }
    }
    return around(factor, withPrior(right), source);
  }

  private double[] withPrior(double[] right) {
    double[] sum = right.clone();
    for (int j = 0; j < sum.length; j++) {
      sum[j] += priors.precision(j) * priors.mean(j);
    }
    return sum;
  }

  private static Cholesky factor(PackedSymmetric precision) {
    return Cholesky.of(precision)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the coefficients have no joint normal law given the latent variables"));
  }

  /** A draw of N(A^-1 right, A^-1). */
  static double[] around(Cholesky factor, double[] right, KeyedSource source) {
    factor.solveInPlace(right);
    double[] step = gaussians(source, right.length);
    factor.solveUpperInPlace(step);
    for (int j = 0; j < right.length; j++) {
      right[j] += step[j];
    }
    return right;
  }

  private static double[] gaussians(KeyedSource source, int count) {
    double[] pairs = new double[count + count % 2];
    for (int j = 0; j < pairs.length; j += 2) {
      Variates.gaussianPair(source.nextLong(), source.nextLong(), pairs, j);
    }
    return Arrays.copyOf(pairs, count);
  }
}
