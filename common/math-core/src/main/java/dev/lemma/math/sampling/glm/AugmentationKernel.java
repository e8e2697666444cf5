// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.PolyaGamma;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.TruncatedNormal;

/**
 * Draws the latent variables of the rows of a block given the coefficients of C chains, and adds up
 * what the next draw of the coefficients needs of them: the half of a Gibbs sampler that sees rows.
 *
 * <pre>
 * logistic   w_i ~ PG(1, x_i'b),                         sums X'WX
 * probit     z_i ~ N(x_i'b, 1) on the side of its label,  sums X'z and z'z
 * </pre>
 *
 * <p>The variate of a row has the address (row key, iteration, chain, number of the row among equal
 * ones), so that it depends on nothing else. O(m C d<sup>2</sup>) for logistic, O(m C d) for
 * probit. Stateless and thread-safe.
 *
 * <p>Sources: N. G. Polson, J. G. Scott, J. Windle, <em>Bayesian inference for logistic models
 * using Polya-Gamma latent variables</em>, 2013, <a
 * href="https://doi.org/10.1080/01621459.2013.829001">doi:10.1080/01621459.2013.829001</a>; J. H.
 * Albert, S. Chib, <em>Bayesian analysis of binary and polychotomous response data</em>, 1993, <a
 * href="https://doi.org/10.1080/01621459.1993.10476321">doi:10.1080/01621459.1993.10476321</a>.
 */
public final class AugmentationKernel {
  private final Likelihood likelihood;
  private final int columns;
  private final StreamKey key;

  /**
   * @param likelihood logistic or probit
   * @param columns d
   */
  public AugmentationKernel(Likelihood likelihood, int columns, StreamKey key) {
    if (likelihood != Likelihood.LOGISTIC && likelihood != Likelihood.PROBIT) {
      throw new IllegalArgumentException("no latent variables are known of " + likelihood);
    }
    this.likelihood = likelihood;
    this.columns = columns;
    this.key = key;
  }

  /** The key of the variates. */
  public StreamKey key() {
    return key;
  }

  /** Numbers that a chain's sums take: d (d + 1) / 2 for logistic, d + 1 for probit. */
  public int length() {
    return likelihood == Likelihood.LOGISTIC ? PackedSymmetric.length(columns) : columns + 1;
  }

  /**
   * The sums of a block.
   *
   * @param keys of its rows, m
   * @param numbers of its rows among those of the same key, m
   * @param b C x d coefficients, chain by chain
   * @param chains C
   * @return C x {@link #length} numbers, chain by chain: X'WX packed by columns, or X'z and z'z
   */
  public double[] sums(
      GlmBlock block, long[] keys, int[] numbers, double[] b, int chains, long iteration) {
    int length = length();
    double[] sums = new double[chains * length];
    KeyedSource source = new KeyedSource(key);
    for (int c = 0; c < chains; c++) {
      for (int i = 0; i < block.rows(); i++) {
        double mean = block.predictor(i, b, c * columns);
        source.at(keys[i], iteration, c, numbers[i]);
        if (likelihood == Likelihood.LOGISTIC) {
          addOuter(sums, c * length, PolyaGamma.draw(source, 1, mean), block, i);
        } else {
          double z =
              block.label(i) == 1
                  ? TruncatedNormal.draw(source, mean, 1, 0, Double.POSITIVE_INFINITY)
                  : TruncatedNormal.draw(source, mean, 1, Double.NEGATIVE_INFINITY, 0);
          for (int j = 0; j < columns; j++) {
            sums[c * length + j] += z * block.x(i, j);
          }
          sums[c * length + columns] += z * z;
        }
      }
    }
    return sums;
  }

  private void addOuter(double[] sums, int from, double factor, GlmBlock block, int i) {
    double[] x = block.x();
    int row = i * columns;
    int at = from;
    for (int k = 0; k < columns; k++) {
      double scaled = factor * x[row + k];
      for (int j = 0; j <= k; j++) {
        sums[at + j] += scaled * x[row + j];
      }
      at += k + 1;
    }
  }
}
