// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/** How the steps of a random walk are scaled, and what it learns from an iteration of warm-up. */
interface StepShape {
  /** Turns the standard Gaussians of one chain into its step. */
  void shapeInPlace(double[] gaussians);

  /**
   * Learns from one iteration.
   *
   * @param logRatios log of the acceptance ratio by chain
   * @param positions of the chains after it, C x d
   * @param gaussians of the proposals, C x d
   */
  void learn(double[] logRatios, double[] positions, double[] gaussians);
}
