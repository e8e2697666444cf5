// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.sampling.BatchTarget;

/** A target whose mode Newton's method can find. */
public sealed interface CurvedTarget extends BatchTarget permits GlmPosterior, LinearPosterior {
  /**
   * The target around a point, to second order.
   *
   * @param value log density; corners of priors are rounded off
   * @param gradient d numbers
   * @param curvature minus the Hessian, as a Newton step may use it
   * @param information the part of it that comes from the data
   * @param weight sum of the weights of the rows
   */
  record Expansion(
      double value,
      double[] gradient,
      PackedSymmetric curvature,
      PackedSymmetric information,
      double weight) {}

  /** Where a search begins. */
  double[] start();

  /** Expands the target around a point; one pass over the rows. */
  Expansion expand(double[] point);

  /** {@link #logDensities} where corners of priors are rounded off, as in an expansion. */
  void rounded(double[] points, int count, double[] out);

  /** Whether the prior of parameter j is flat. */
  boolean isFlat(int j);
}
