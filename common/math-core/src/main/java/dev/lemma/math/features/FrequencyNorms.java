// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import dev.lemma.math.random.Gaussians;
import dev.lemma.math.random.KeyedPermutation;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The norms of frequencies, in strict arithmetic.
 *
 * <p><b>Addresses.</b> The uniform variate of frequency i is that of word i modulo 4 of the block
 * at (entity = 0, index = i / 4, lane = 0, block = 0) of stream {@code features/norm}; its stratum
 * is place i of the {@link KeyedPermutation} of [0, m) with entity 0 of stream {@code
 * features/stratum}. Where nothing is designed (iid, independent) the t law's divisor of frequency
 * i is made of the first 2 nu {@link Gaussians} at entity i of stream {@code features/matern}.
 */
final class FrequencyNorms {
  private FrequencyNorms() {}

  /**
   * m norms drawn as the design says: of Gaussian vectors, or for the Matern kernel of vectors of
   * the t law.
   *
   * @param dimensions of the vectors
   */
  static double[] of(FeatureSpec spec, int dimensions) {
    int m = spec.count();
    StreamKey uniforms = StreamKey.of(spec.seed(), "features/norm");
    KeyedPermutation strata =
        new KeyedPermutation(StreamKey.of(spec.seed(), "features/stratum"), 0, m);
    DoubleUnaryOperator law =
        spec.kernel() instanceof KernelFunction.Matern matern
            ? new StudentNormLaw(dimensions, matern.degrees())::quantile
            : new ChiLaw(dimensions)::quantile;
    long[] words = new long[Philox4x64.WORDS];
    double[] norms = new double[m];
    for (int i = 0; i < m; i++) {
      if (i % words.length == 0) {
        uniforms.block(0, i / words.length, 0, 0, words);
      }
      double u = Variates.uniform(words[i % words.length]);
      norms[i] =
          law.applyAsDouble(
              switch (spec.norms()) {
                case INDEPENDENT -> u;
                case STRATIFIED -> (strata.at(i) + u) / m;
                case QUANTILES -> (strata.at(i) + 1.0) / (m + 1);
              });
    }
    return norms;
  }

  /**
   * What independent Gaussian frequencies are multiplied by to follow the kernel's own law: 1, or
   * sqrt(2 nu / chi-square) for the Matern kernel.
   */
  static double[] mixing(FeatureSpec spec) {
    double[] factors = new double[spec.count()];
    if (!(spec.kernel() instanceof KernelFunction.Matern matern)) {
      Arrays.fill(factors, 1);
      return factors;
    }
    int degrees = matern.degrees();
    Gaussians gaussians = new Gaussians(StreamKey.of(spec.seed(), "features/matern"));
    double[] g = new double[degrees];
    for (int i = 0; i < factors.length; i++) {
      gaussians.fill(i, 0, 0, g, 0, degrees);
      double sum = 0;
      for (double x : g) {
        sum += x * x;
      }
      factors[i] = StrictMath.sqrt(degrees / sum);
    }
    return factors;
  }
}
