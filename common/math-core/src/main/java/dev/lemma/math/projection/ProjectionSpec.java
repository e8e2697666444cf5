// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * All that determines a random matrix R (k x d): a few bytes from which every entry is made where
 * it is needed. Two equal specifications are the same matrix on every machine.
 *
 * @param family the law of the entries
 * @param seed key of the generator
 * @param k output dimension, at least 1
 * @param d input dimension, or empty for an open space of 64-bit feature ids (not for hadamard and
 *     orthonormal)
 * @param nonzeros signs per feature of the sparse-sign family (1 to k); 0 for all others
 * @param density share of non-zero entries of the very-sparse family, in (0, 1]; 0 for all others
 */
public record ProjectionSpec(
    Family family, long seed, int k, OptionalLong d, int nonzeros, double density) {
  /** Version of the mapping from specification to matrix; frozen test vectors hold it in place. */
  public static final int VERSION = 1;

  /** Signs per feature unless said otherwise: the customary 4. */
  public static final int DEFAULT_NONZEROS = 4;

  /** Checks each component against the family. */
  public ProjectionSpec {
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(d, "d");
    require(k >= 1, "k must be at least 1, found " + k);
    if (d.isPresent()) {
      require(d.getAsLong() >= 1, "d must be at least 1, found " + d.getAsLong());
    }
    switch (family) {
      case SPARSE_SIGN ->
          require(
              nonzeros >= 1 && nonzeros <= k,
              "nonzeros must lie in 1 to k = " + k + ", found " + nonzeros);
      case VERY_SPARSE ->
          require(density > 0 && density <= 1, "density must lie in (0, 1], found " + density);
      case HADAMARD, ORTHONORMAL ->
          require(d.isPresent(), family.key() + " needs a known input dimension d");
      case SIGN, GAUSSIAN -> {}
    }
    require(family == Family.SPARSE_SIGN || nonzeros == 0, "nonzeros belongs to sparse-sign alone");
    require(family == Family.VERY_SPARSE || density == 0, "density belongs to very-sparse alone");
    if (family == Family.ORTHONORMAL) {
      require(
          k <= d.getAsLong(), "k = " + k + " orthonormal rows do not fit in d = " + d.getAsLong());
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
