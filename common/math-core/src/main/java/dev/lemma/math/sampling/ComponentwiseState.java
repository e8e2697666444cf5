// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.io.Serializable;

/**
 * Chains of {@link ComponentwiseMetropolis} and what it has learnt.
 *
 * @param ensemble where the chains stand
 * @param adaptations t, the number of updates
 * @param logScales logarithms of the d step sizes
 */
public record ComponentwiseState(Ensemble ensemble, long adaptations, double[] logScales)
    implements SamplerState, Serializable {
  /** Checks shapes and copies the array. */
  public ComponentwiseState {
    Require.atLeast("adaptations", adaptations, 0);
    logScales = Require.length("log scales", logScales, ensemble.dimension()).clone();
  }

  @Override
  public double[] logScales() {
    return logScales.clone();
  }
}
