// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.sampling.glm.MapFit;

/**
 * Where a posterior lies, and how wide it is there: what proposals and starts are made from.
 *
 * @param kind what it is the middle of
 * @param at d numbers
 * @param logDensity of the posterior there; NaN where it was not evaluated
 * @param precision d x d, positive definite: the curvature at a mode, the inverse covariance of
 *     draws
 */
record Centre(Kind kind, double[] at, double logDensity, PackedSymmetric precision) {
  /** What it is the middle of. */
  enum Kind {
    /** The mode of the posterior. */
    MODE,
    /** The mean of what shards have drawn. */
    CONSENSUS
  }

  static Centre of(MapFit.Converged mode) {
    return new Centre(Kind.MODE, mode.mode(), mode.value(), mode.curvature());
  }
}
