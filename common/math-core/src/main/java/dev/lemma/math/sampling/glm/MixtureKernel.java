// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * Draws the component of every row of a Gaussian mixture given the parameters of C chains, and adds
 * up what the next draw of the parameters needs: of each component the number of its rows and the
 * sums of their distances from its mean, and of their squares.
 *
 * <p>A row of weight v, a whole number, stands for v rows that are alike: each has its own
 * component.
 *
 * <p>Parameters of a chain are K means, K standard deviations and K shares. The uniform of a row
 * has the address (row key, iteration, chain, number of the row among equal ones). O(C K sum of v).
 * Stateless and thread-safe.
 *
 * <p>Source: J. Diebolt, C. P. Robert, <em>Estimation of finite mixture distributions through
 * Bayesian sampling</em>, 1994, <a
 * href="https://doi.org/10.1111/j.2517-6161.1994.tb01985.x">doi:10.1111/j.2517-6161.1994.tb01985.x</a>.
 */
public final class MixtureKernel {
  /** Numbers of a component in parameters and sums. */
  static final int NUMBERS = 3;

  private final int components;
  private final StreamKey key;

  /** A kernel of K components. */
  public MixtureKernel(int components, StreamKey key) {
    if (components < 2) {
      throw new IllegalArgumentException(
          "a mixture has at least 2 components, found " + components);
    }
    this.components = components;
    this.key = key;
  }

  /** K. */
  public int components() {
    return components;
  }

  /** The key of the variates. */
  public StreamKey key() {
    return key;
  }

  /**
   * The sums of a block.
   *
   * @param block rows of whole weights whose label is the value
   * @param keys of its rows, m
   * @param numbers of its rows among those of the same key, m
   * @param parameters C x 3 K numbers, chain by chain: means, standard deviations, shares
   * @param chains C
   * @return C x 3 K numbers: of the K components of a chain the counts, then the sums of y - mean,
   *     then of their squares
   * @throws IllegalArgumentException if a weight is not whole
   */
  public double[] sums(
      GlmBlock block, long[] keys, int[] numbers, double[] parameters, int chains, long iteration) {
    int k = components;
    double[] sums = new double[chains * NUMBERS * k];
    double[] constants = new double[k];
    double[] weights = new double[k];
    KeyedSource source = new KeyedSource(key);
    for (int c = 0; c < chains; c++) {
      int at = c * NUMBERS * k;
      for (int j = 0; j < k; j++) {
        constants[j] =
            StrictMath.log(parameters[at + 2 * k + j]) - StrictMath.log(parameters[at + k + j]);
      }
      for (int i = 0; i < block.rows(); i++) {
        double y = block.label(i);
        int copies = AugmentationKernel.copies(block.weight(i));
        source.at(keys[i], iteration, c, numbers[i]);
        for (int copy = 0; copy < copies; copy++) {
          int chosen = choose(parameters, at, constants, weights, y, source);
          double gap = y - parameters[at + chosen];
          sums[at + chosen] += 1;
          sums[at + k + chosen] += gap;
          sums[at + 2 * k + chosen] += gap * gap;
        }
      }
    }
    return sums;
  }

  private int choose(
      double[] parameters,
      int at,
      double[] constants,
      double[] weights,
      double y,
      KeyedSource source) {
    int k = components;
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < k; j++) {
      double z = (y - parameters[at + j]) / parameters[at + k + j];
      weights[j] = constants[j] - 0.5 * z * z;
      largest = Math.max(largest, weights[j]);
    }
    double total = 0;
    for (int j = 0; j < k; j++) {
      weights[j] = StrictMath.exp(weights[j] - largest);
      total += weights[j];
    }
    double left = Variates.uniform(source.nextLong()) * total;
    for (int j = 0; j < k - 1; j++) {
      left -= weights[j];
      if (left < 0) {
        return j;
      }
    }
    return k - 1;
  }
}
