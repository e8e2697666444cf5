// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;

/**
 * Chains of {@link RandomWalkMetropolis} and what it has learnt.
 *
 * @param ensemble where the chains stand
 * @param adaptations t, the number of updates: were it lost, gains would begin at 1 again
 * @param logScale l
 * @param mean mu, d numbers
 * @param covariance Sigma, d (d + 1) / 2 numbers in the layout of {@link PackedSymmetric}
 */
public record RandomWalkState(
    Ensemble ensemble, long adaptations, double logScale, double[] mean, double[] covariance)
    implements SamplerState, Serializable {
  /** Checks shapes and copies the arrays. */
  public RandomWalkState {
    Require.atLeast("adaptations", adaptations, 0);
    int d = ensemble.dimension();
    mean = Require.length("mean", mean, d).clone();
    covariance = Require.length("covariance", covariance, PackedSymmetric.length(d)).clone();
  }

  @Override
  public double[] mean() {
    return mean.clone();
  }

  @Override
  public double[] covariance() {
    return covariance.clone();
  }
}
