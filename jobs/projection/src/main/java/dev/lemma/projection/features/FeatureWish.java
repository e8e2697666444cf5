// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.features.KernelFunction;
import java.util.OptionalDouble;

/**
 * What is wanted of random features before the data are known.
 *
 * @param kernel which kernel
 * @param smoothness nu of the Matern kernel
 * @param bandwidth s, or empty for the median rule
 * @param k number of features
 */
record FeatureWish(
    KernelChoice kernel,
    double smoothness,
    OptionalDouble bandwidth,
    int k,
    FrequencyChoice frequencies,
    NormChoice norms,
    long seed) {

  /** Whether the bandwidth follows from rows. */
  boolean needsRows() {
    return bandwidth.isEmpty() && kernel != KernelChoice.SOFTMAX;
  }

  /** The kernel at bandwidth 1. */
  KernelFunction unitKernel() {
    return kernel.of(1, smoothness);
  }

  /** The map for rows of d numbers at a bandwidth. */
  FeatureSpec at(double s, int d) {
    return new FeatureSpec(
        kernel.of(s, smoothness), frequencies.of(kernel, k / 2, d), norms.of(kernel), k, d, seed);
  }
}
