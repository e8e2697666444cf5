// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

/**
 * The kernel of two rows beside its estimate by their features. For the softmax kernel, which has
 * no upper bound, everything is divided by the kernel, so that errors are relative.
 *
 * @param measures of the two rows
 * @param kernel the kernel
 * @param estimate the inner product of the features
 * @param error estimate less kernel, divided by the kernel if that is unbounded
 * @param variance that the error has with independent frequencies
 */
public record PairEstimate(
    PairMeasures measures, double kernel, double estimate, double error, double variance) {

  /**
   * Compares.
   *
   * @param estimate the inner product of the two rows' features
   */
  public static PairEstimate of(FeatureSpec spec, PairMeasures measures, double estimate) {
    double kernel = spec.kernel().value(measures);
    double variance = spec.kernel().frequencyVariance(measures) / spec.count();
    return spec.kernel().isBounded()
        ? new PairEstimate(measures, kernel, estimate, estimate - kernel, variance)
        : new PairEstimate(
            measures, kernel, estimate, estimate / kernel - 1, variance / (kernel * kernel));
  }
}
