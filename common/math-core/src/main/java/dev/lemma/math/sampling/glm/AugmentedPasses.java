// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/** Passes of an {@link AugmentationKernel} over rows, wherever they are. */
@FunctionalInterface
public interface AugmentedPasses {
  /**
   * The kernel's sums over all rows.
   *
   * @param b C x d coefficients, chain by chain
   * @param chains C
   */
  double[] sums(double[] b, int chains, long iteration);
}
