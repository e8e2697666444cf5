// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import java.io.Serializable;
import java.util.Objects;

/**
 * All that decides the features of a row: equal specifications give equal bits.
 *
 * @param kernel what inner products of features estimate
 * @param frequencies how directions of frequencies are drawn
 * @param norms how norms of frequencies are drawn
 * @param k number of features, even: two for each of k / 2 frequencies
 * @param d length of a row, 1 to 2<sup>30</sup>
 * @param seed key of the frequencies
 */
public record FeatureSpec(
    KernelFunction kernel, FrequencyDesign frequencies, NormDesign norms, int k, int d, long seed)
    implements Serializable {
  /** Version of the map from specification and row to features. */
  public static final int VERSION = 1;

  private static final int LARGEST_D = 1 << 30;

  /** Checks ranges and what goes together. */
  public FeatureSpec {
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(frequencies, "frequencies");
    Objects.requireNonNull(norms, "norms");
    if (k < 2 || k % 2 != 0) {
      throw new IllegalArgumentException(
          "k must be even and at least 2 (two features a frequency), found " + k);
    }
    if (d < 1 || d > LARGEST_D) {
      throw new IllegalArgumentException("d must lie in 1 to 2^30, found " + d);
    }
    if (!kernel.isIsotropic()
        && (frequencies != FrequencyDesign.IID || norms != NormDesign.INDEPENDENT)) {
      throw new IllegalArgumentException(
          "the Laplacian kernel has iid frequencies with independent norms only, found "
              + frequencies
              + " and "
              + norms
              + "; its isotropic relative is Matern with smoothness 0.5");
    }
  }

  /** Number of frequencies m: k / 2. */
  public int count() {
    return k / 2;
  }

  /** The same map with another number of features. */
  public FeatureSpec withK(int features) {
    return new FeatureSpec(kernel, frequencies, norms, features, d, seed);
  }

  /** The same frequencies before the bandwidth. */
  FeatureSpec atUnitBandwidth() {
    return new FeatureSpec(kernel.withBandwidth(1), frequencies, norms, k, d, seed);
  }
}
