// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.random.Dirichlet;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.sampling.ChainState;
import dev.lemma.math.sampling.DrawSink;
import dev.lemma.math.sampling.Ensemble;
import dev.lemma.math.sampling.Sampler;
import dev.lemma.math.sampling.TargetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gibbs sampling of a Gaussian mixture of K components: one pass an iteration for all chains.
 *
 * <pre>
 * z_i     ~ component of row i                        {@link MixtureKernel}
 * shares  ~ Dirichlet(a + n_1, ..., a + n_K)
 * mu_k    ~ N given the rows of k,  prior N(m, s^2)
 * sigma_k : Metropolis steps on its logarithm given n_k and the squares, any proper prior
 * </pre>
 *
 * <p>Where rows share a value, and so where a row has a weight above 1, the density has no bound as
 * a component shrinks onto them, unless the prior of its standard deviation vanishes at 0 fast
 * enough. Chains hardly ever get there from components of many rows; one that does ends the run
 * with a {@link TargetException}.
 *
 * <p>Components have no names of their own: {@link #orderInPlace} sorts them by their means, which
 * makes of these draws those of a model whose means are ordered. The log density is not known to
 * the sampler. Draws of parameters have the address (0, iteration, chain).
 */
public final class MixtureGibbs implements Sampler<ChainState> {
  /** Metropolis steps of a standard deviation: enough to be near independence. */
  private static final int STEPS = 10;

  private static final double STEP = 2.4;

  private final AugmentedPasses passes;
  private final int components;
  private final Prior.Normal meanPrior;
  private final Prior deviationPrior;
  private final double concentration;
  private final StreamKey key;
  private final int chains;
  private final long warmup;

  /**
   * A sampler of C chains.
   *
   * @param passes of a {@link MixtureKernel} over the rows
   * @param components K
   * @param meanPrior of every mean
   * @param deviationPrior of every standard deviation, proper
   * @param concentration a of the Dirichlet prior of the shares, positive
   * @param chains C
   * @param warmup iterations to forget
   */
  public MixtureGibbs(
      AugmentedPasses passes,
      int components,
      Prior.Normal meanPrior,
      Prior deviationPrior,
      double concentration,
      StreamKey key,
      int chains,
      long warmup) {
    if (!deviationPrior.isProper() || !(concentration > 0)) {
      throw new IllegalArgumentException(
          "a component without rows needs a proper prior of sigma and a positive concentration");
    }
    this.passes = passes;
    this.components = components;
    this.meanPrior = meanPrior;
    this.deviationPrior = deviationPrior;
    this.concentration = concentration;
    this.key = key;
    this.chains = chains;
    this.warmup = warmup;
  }

  /** The names of the parameters of K components. */
  public static List<String> names(int components) {
    List<String> names = new ArrayList<>();
    for (String name : List.of("mu", "sigma", "share")) {
      for (int k = 1; k <= components; k++) {
        names.add(name + "[" + k + "]");
      }
    }
    return names;
  }

  /** Sorts the components of a point by their means. */
  public static void orderInPlace(double[] point) {
    int k = point.length / MixtureKernel.NUMBERS;
    double[] before = point.clone();
    int[] order =
        IntStream.range(0, k)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> before[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int j = 0; j < k; j++) {
      for (int part = 0; part < MixtureKernel.NUMBERS; part++) {
        point[part * k + j] = before[part * k + order[j]];
      }
    }
  }

  @Override
  public long warmup() {
    return warmup;
  }

  @Override
  public List<String> names() {
    return names(components);
  }

  @Override
  public ChainState start(double[] positions) {
    return new ChainState(Ensemble.start(MixtureKernel.NUMBERS * components, chains, positions));
  }

  @Override
  public ChainState advance(ChainState state, long iterations, DrawSink sink) {
    Ensemble from = state.ensemble();
    double[] positions = from.positions();
    double[] unknown = from.logDensities();
    KeyedSource source = new KeyedSource(key);
    long iteration = from.iteration();
    for (long end = iteration + iterations; iteration < end; iteration++) {
      double[] sums = passes.sums(positions, chains, iteration);
      for (int c = 0; c < chains; c++) {
        draw(positions, c * from.dimension(), sums, source.at(0, iteration, c));
        requireWidth(positions, c, iteration);
      }
      sink.accept(iteration, positions, unknown);
    }
    return new ChainState(
        new Ensemble(
            iteration, from.dimension(), positions, unknown, from.accepted(), from.proposed()));
  }

  /** Equal values, or a row of weight 2, let a component shrink without end. */
  private void requireWidth(double[] positions, int chain, long iteration) {
    int at = chain * MixtureKernel.NUMBERS * components;
    for (int j = 0; j < components; j++) {
      if (!(positions[at + components + j] > Double.MIN_NORMAL)
          || !Double.isFinite(positions[at + j])) {
        throw TargetException.unbounded(
            "a component has shrunk onto rows of one value, where the posterior is without bound",
            chain,
            iteration);
      }
    }
  }

  private void draw(double[] positions, int at, double[] sums, KeyedSource source) {
    int k = components;
    double[] concentrations = new double[k];
    for (int j = 0; j < k; j++) {
      concentrations[j] = concentration + sums[at + j];
    }
    double[] shares = new double[k];
    Dirichlet.draw(source, concentrations, shares);
    for (int j = 0; j < k; j++) {
      double count = sums[at + j];
      double sigma = positions[at + k + j];
      double precision =
          count / (sigma * sigma) + 1 / (meanPrior.deviation() * meanPrior.deviation());
      double old = positions[at + j];
      // Around the old mean, which the sums are around.
      double pull =
          sums[at + k + j] / (sigma * sigma)
              + (meanPrior.mean() - old) / (meanPrior.deviation() * meanPrior.deviation());
      double move = pull / precision + gaussian(source) / StrictMath.sqrt(precision);
      double squares = sums[at + 2 * k + j] - 2 * move * sums[at + k + j] + count * move * move;
      positions[at + j] = old + move;
      positions[at + k + j] = deviation(sigma, count, Math.max(0, squares), source);
      // A share may round to 0, whose logarithm no row survives.
      positions[at + 2 * k + j] = Math.max(shares[j], Double.MIN_NORMAL);
    }
  }

  private double deviation(double sigma, double count, double squares, KeyedSource source) {
    double log = StrictMath.log(sigma);
    double value = density(log, count, squares);
    double step = STEP / StrictMath.sqrt(2 * count + 1);
    for (int i = 0; i < STEPS; i++) {
      double proposal = log + step * gaussian(source);
      double there = density(proposal, count, squares);
      if (StrictMath.log(Variates.uniform(source.nextLong())) < there - value) {
        log = proposal;
        value = there;
      }
    }
    return StrictMath.exp(log);
  }

  /** ln of the conditional density of ln sigma. */
  private double density(double log, double count, double squares) {
    double sigma = StrictMath.exp(log);
    return -(count - 1) * log - squares / (2 * sigma * sigma) + deviationPrior.logDensity(sigma);
  }

  private static double gaussian(KeyedSource source) {
    double[] pair = new double[2];
    Variates.gaussianPair(source.nextLong(), source.nextLong(), pair, 0);
    return pair[0];
  }
}
