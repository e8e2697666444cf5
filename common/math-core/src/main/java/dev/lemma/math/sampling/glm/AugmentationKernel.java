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
 * logistic   w_i ~ PG(v_i, x_i'b),                       sums X'WX
 * probit     z_i ~ N(x_i'b, 1) on the side of its label,  sums X'z and z'z
 * </pre>
 *
 * <p>A row of weight v_i stands for v_i rows that are alike, so v_i must be whole: PG(v, z) is the
 * law of a sum of v variates, and a row of probit draws v of them one after another. Polya-Gamma
 * laws of other shapes exist, but are sums without end that would have to be cut; and there is no
 * share of a truncated normal. A row of weight 0 draws nothing.
 *
 * <p>The variate of a row has the address (row key, iteration, chain, number of the row among equal
 * ones), so that it depends on nothing else. O(C sum v_i + m C d<sup>2</sup>) for logistic, O(C sum
 * v_i + m C d) for probit. Stateless and thread-safe.
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
   * Whether rows of this weight can be drawn for.
   *
   * @return true for whole numbers from 0 to 2<sup>31</sup> - 1
   */
  public static boolean accepts(double weight) {
    return weight >= 0 && weight <= Integer.MAX_VALUE && weight == Math.rint(weight);
  }

  /**
   * The sums of a block.
   *
   * @param block rows of whole weights
   * @param keys of its rows, m
   * @param numbers of its rows among those of the same key, m
   * @param b C x d coefficients, chain by chain
   * @param chains C
   * @return C x {@link #length} numbers, chain by chain: X'WX packed by columns, or X'z and z'z
   * @throws IllegalArgumentException if a weight is not whole
   */
  public double[] sums(
      GlmBlock block, long[] keys, int[] numbers, double[] b, int chains, long iteration) {
    int length = length();
    double[] sums = new double[chains * length];
    KeyedSource source = new KeyedSource(key);
    for (int c = 0; c < chains; c++) {
      for (int i = 0; i < block.rows(); i++) {
        int copies = copies(block.weight(i));
        if (copies == 0) {
          continue;
        }
        double mean = block.predictor(i, b, c * columns);
        source.at(keys[i], iteration, c, numbers[i]);
        if (likelihood == Likelihood.LOGISTIC) {
          addOuter(sums, c * length, PolyaGamma.draw(source, copies, mean), block, i);
        } else {
          addNormals(sums, c * length, copies, mean, source, block, i);
        }
      }
    }
    return sums;
  }

  /** Rows that a row of this weight stands for. */
  static int copies(double weight) {
    if (!accepts(weight)) {
      throw new IllegalArgumentException(
          "weights of rows with latent variables: expected whole numbers, found " + weight);
    }
    return (int) weight;
  }

  private void addNormals(
      double[] sums, int from, int copies, double mean, KeyedSource source, GlmBlock block, int i) {
    boolean above = block.label(i) == 1;
    double sum = 0;
    for (int k = 0; k < copies; k++) {
      double z =
          above
              ? TruncatedNormal.draw(source, mean, 1, 0, Double.POSITIVE_INFINITY)
              : TruncatedNormal.draw(source, mean, 1, Double.NEGATIVE_INFINITY, 0);
      sum += z;
      sums[from + columns] += z * z;
    }
    for (int j = 0; j < columns; j++) {
      sums[from + j] += sum * block.x(i, j);
    }
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
