// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Key;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Which kernel, and the features that shall estimate it.
 *
 * @param kernelFunction the kernel
 * @param smoothness of the Matern kernel
 * @param bandwidth length that rows are divided by
 * @param k number of features
 * @param d length of a row
 * @param frequencies how directions of frequencies are drawn
 * @param norms how their norms are drawn
 */
public record MapConfig(
    @Key(
            doc =
                "Kernel that inner products of features estimate: exp(-|x - y|^2 / 2s^2),"
                    + " exp(-|x - y|_1 / s), Matern, or exp(x'y / s^2)",
            fallback = "gaussian")
        KernelChoice kernelFunction,
    @Key(doc = "nu of the Matern kernel: 0.5 (an exponential), 1.5, ... 10.5", fallback = "1.5")
        double smoothness,
    @Key(
            doc =
                "Length s that rows are divided by; auto: the median distance of 1,000 sampled pairs"
                    + " (softmax: the fourth root of d)",
            fallback = "auto",
            type = "auto | NUMBER")
        BandwidthChoice bandwidth,
    @Key(doc = "Number of features, even: two for each frequency", fallback = "2048") int k,
    @Key(doc = "Length of a row; unset: from the column's metadata, else from one row")
        OptionalLong d,
    @Key(
            doc =
                "Directions of frequencies; auto: iid for the Laplacian kernel, orthogonal where that"
                    + " is quickly made, else hadamard",
            fallback = "auto")
        FrequencyChoice frequencies,
    @Key(
            doc =
                "Norms of frequencies; auto: independent for the Laplacian kernel, else stratified",
            fallback = "auto")
        NormChoice norms)
    implements Checked {
  private static final double SMOOTHEST = 10.5;

  /** Checks the range of each component. */
  public MapConfig {
    if (k < 2 || k % 2 != 0) {
      throw new IllegalArgumentException("k must be even and at least 2, found " + k);
    }
    if (!(smoothness >= 0.5 && smoothness <= SMOOTHEST && (smoothness - 0.5) % 1 == 0)) {
      throw new IllegalArgumentException(
          "smoothness must be one of 0.5, 1.5, ... " + SMOOTHEST + ", found " + smoothness);
    }
    if (d.orElse(1) < 1) {
      throw new IllegalArgumentException("d must be at least 1, found " + d.getAsLong());
    }
  }

  @Override
  public void check(Findings findings) {
    if (kernelFunction != KernelChoice.LAPLACIAN) {
      return;
    }
    if (frequencies == FrequencyChoice.ORTHOGONAL || frequencies == FrequencyChoice.HADAMARD) {
      findings.add(
          "frequencies",
          "the Laplacian kernel has independent Cauchy frequencies, of which there are no orthogonal"
              + " ones",
          "set frequencies = auto, or use its isotropic relative: matern with smoothness = 0.5");
    }
    if (norms == NormChoice.STRATIFIED || norms == NormChoice.QUANTILES) {
      findings.add(
          "norms",
          "the law of Cauchy frequencies does not divide into norm and direction",
          "set norms = auto, or use its isotropic relative: matern with smoothness = 0.5");
    }
  }

  /** What is wanted, before the data are known. */
  FeatureWish wish(long seed) {
    OptionalDouble given = bandwidth.given();
    return new FeatureWish(kernelFunction, smoothness, given, k, frequencies, norms, seed);
  }
}
