// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.Gamma;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.ChainState;
import dev.lemma.math.sampling.DrawSink;
import dev.lemma.math.sampling.Ensemble;
import dev.lemma.math.sampling.Sampler;
import java.util.List;

/**
 * Gibbs sampling of a Gaussian linear model from its statistics; no row is asked.
 *
 * <pre>
 * b       ~ N(b* + A^-1 B^-1 (b0 - b*), A^-1),   A = X'X / sigma^2 + B^-1
 * sigma^2 ~ IG((W - 1) / 2, RSS(b) / 2)                       flat prior on sigma
 * a       ~ IG(1, 1 / s^2 + 1 / sigma^2),
 * sigma^2 ~ IG((W + 1) / 2, RSS(b) / 2 + 1 / a)               half-Cauchy(s)
 * </pre>
 *
 * <p>Positions are those of {@link LinearPosterior}: coefficients and ln sigma. Draws have the
 * address (0, iteration, chain).
 *
 * <p>Source of the last pair: E. Makalic, D. F. Schmidt, <em>A simple sampler for the horseshoe
 * estimator</em>, 2016, <a
 * href="https://doi.org/10.1109/LSP.2015.2503725">doi:10.1109/LSP.2015.2503725</a>.
 */
public final class LinearGibbs implements Sampler<ChainState> {
  private final LinearPosterior target;
  private final GaussianPriors priors;
  private final Prior sigmaPrior;
  private final StreamKey key;
  private final int chains;
  private final long warmup;

  /**
   * A sampler of C chains.
   *
   * @param target a model whose coefficients have normal or flat priors and whose sigma has a
   *     half-Cauchy or flat one
   * @param chains C
   * @param warmup iterations to forget
   */
  public LinearGibbs(LinearPosterior target, StreamKey key, int chains, long warmup) {
    List<Prior> all = target.priors();
    int coefficients = all.size() - 1;
    this.target = target;
    this.priors = GaussianPriors.of(all.subList(0, coefficients));
    this.sigmaPrior = all.get(coefficients);
    this.key = key;
    this.chains = chains;
    this.warmup = warmup;
    if (sigmaPrior.isProper() && !(sigmaPrior instanceof Prior.HalfCauchy)) {
      throw new IllegalArgumentException(
          "a Gibbs sampler needs a half-cauchy or flat prior of sigma, found " + sigmaPrior.text());
    }
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
    return new ChainState(Ensemble.start(target, chains, positions));
  }

  @Override
  public ChainState advance(ChainState state, long iterations, DrawSink sink) {
    Ensemble from = state.ensemble();
    int p = target.dimension();
    double[] positions = from.positions();
    double[] densities = from.logDensities();
    KeyedSource source = new KeyedSource(key);
    long iteration = from.iteration();
    for (long end = iteration + iterations; iteration < end; iteration++) {
      for (int c = 0; c < chains; c++) {
        source.at(0, iteration, c);
        double sigma = StrictMath.exp(positions[c * p + p - 1]);
        System.arraycopy(coefficients(sigma, source), 0, positions, c * p, p - 1);
        double rss = target.residuals(positions, c * p);
        positions[c * p + p - 1] = StrictMath.log(variance(rss, sigma, source)) / 2;
      }
      target.logDensities(positions, chains, densities);
      sink.accept(iteration, positions, densities);
    }
    return new ChainState(
        new Ensemble(iteration, p, positions, densities, from.accepted(), from.proposed()));
  }

  private double[] coefficients(double sigma, KeyedSource source) {
    double[] least = target.start();
    int d = priors.size();
    PackedSymmetric precision = target.crossProducts(1 / (sigma * sigma));
    double[] right = new double[d];
    for (int j = 0; j < d; j++) {
      precision.set(j, j, precision.get(j, j) + priors.precision(j));
      right[j] = priors.precision(j) * (priors.mean(j) - least[j]);
    }
    Cholesky factor =
        Cholesky.of(precision)
            .orElseThrow(() -> new IllegalStateException("the columns depend on one another"));
    double[] drawn = AugmentedGibbs.around(factor, right, source);
    for (int j = 0; j < d; j++) {
      drawn[j] += least[j];
    }
    return drawn;
  }

  private double variance(double rss, double sigma, KeyedSource source) {
    if (sigmaPrior instanceof Prior.HalfCauchy cauchy) {
      double scale = 1 / (cauchy.scale() * cauchy.scale()) + 1 / (sigma * sigma);
      double auxiliary = Gamma.drawInverse(source, 1, scale);
      return Gamma.drawInverse(source, (target.weight() + 1) / 2, rss / 2 + 1 / auxiliary);
    }
    return Gamma.drawInverse(source, (target.weight() - 1) / 2, rss / 2);
  }
}
