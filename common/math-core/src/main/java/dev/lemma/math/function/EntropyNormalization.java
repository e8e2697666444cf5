// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * What {@link EntropyNormalizer} made of a distribution.
 *
 * @param outcome whether the entropy could be reached
 * @param exponent g of p^g; 0 for the uniform and infinity for the one-hot limit, NaN without a
 *     distribution
 * @param iterations evaluations of the entropy
 * @param probabilities as many as there were weights, in the same order of size; of an entropy that
 *     cannot be reached the nearest limit; all NaN without a distribution. Not copied
 */
public record EntropyNormalization(
    Outcome outcome, double exponent, int iterations, double[] probabilities) {
  /** How the search ended. */
  public enum Outcome {
    /** The entropy is the one asked for. */
    REACHED,
    /** It was asked for more than ln of the number of positive weights; uniform on those. */
    ABOVE,
    /** It was asked for less than ln of the multiplicity of the largest; uniform on those. */
    BELOW,
    /** The weights make no distribution, or the entropy is NaN. */
    NO_DISTRIBUTION
  }
}
