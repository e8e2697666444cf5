// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

/**
 * How the norms of m frequencies are drawn. All of them follow the law of the norm of a Gaussian
 * vector of d dimensions (p for {@link FrequencyDesign#HADAMARD}), which is chi, or for the Matern
 * kernel of a vector of the multivariate t law.
 */
public enum NormDesign {
  /** Independent. */
  INDEPENDENT,
  /**
   * One in each of m strata of equal probability: unbiased like independent norms, without the
   * variance between strata.
   */
  STRATIFIED,
  /**
   * The quantiles i / (m + 1), i = 1 .. m: no randomness in norms at all, and a bias of order 1 / m
   * for the missing tails.
   */
  QUANTILES
}
