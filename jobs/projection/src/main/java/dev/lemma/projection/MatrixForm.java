// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.ProjectionSpec;
import java.io.Serializable;
import java.util.OptionalLong;

/**
 * A matrix's specification as it travels with a task; {@link OptionalLong} does not.
 *
 * @param d input dimension, 0 where it is open
 */
record MatrixForm(Family family, long seed, int k, long d, int nonzeros, double density)
    implements Serializable {
  static MatrixForm of(ProjectionSpec spec) {
    return new MatrixForm(
        spec.family(), spec.seed(), spec.k(), spec.d().orElse(0), spec.nonzeros(), spec.density());
  }

  ProjectionSpec spec() {
    return new ProjectionSpec(family, seed, k, Stages.optional(d), nonzeros, density);
  }
}
