// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.math.features.FrequencyDesign;

/** The key {@code frequencies}. */
public enum FrequencyChoice {
  /** iid for the Laplacian kernel, orthogonal where that is quickly made, else hadamard. */
  AUTO,
  /** Independent. */
  IID,
  /** Orthogonal in groups of d. */
  ORTHOGONAL,
  /** Three rounds of random signs and Hadamard transforms. */
  HADAMARD;

  /** Most arithmetic, 4 d min(d, m) m operations, that auto spends in each JVM on orthogonality. */
  private static final double ORTHOGONAL_LIMIT = 2e9;

  /**
   * The design.
   *
   * @param m number of frequencies
   * @param d length of a row
   */
  FrequencyDesign of(KernelChoice kernel, int m, int d) {
    return switch (this) {
      case IID -> FrequencyDesign.IID;
      case ORTHOGONAL -> FrequencyDesign.ORTHOGONAL;
      case HADAMARD -> FrequencyDesign.HADAMARD;
      case AUTO -> {
        if (kernel == KernelChoice.LAPLACIAN) {
          yield FrequencyDesign.IID;
        }
        yield 4.0 * d * Math.min(d, m) * m <= ORTHOGONAL_LIMIT
            ? FrequencyDesign.ORTHOGONAL
            : FrequencyDesign.HADAMARD;
      }
    };
  }
}
