// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;

/**
 * Chains of {@link RobustAdaptiveMetropolis} and what it has learnt.
 *
 * @param ensemble where the chains stand
 * @param adaptations t, the number of updates
 * @param shape S S', d (d + 1) / 2 numbers in the layout of {@link PackedSymmetric}
 */
public record RobustState(Ensemble ensemble, long adaptations, double[] shape)
    implements SamplerState, Serializable {
  /** Checks shapes and copies the array. */
  public RobustState {
    Require.atLeast("adaptations", adaptations, 0);
    shape = Require.length("shape", shape, PackedSymmetric.length(ensemble.dimension())).clone();
  }

  @Override
  public double[] shape() {
    return shape.clone();
  }
}
