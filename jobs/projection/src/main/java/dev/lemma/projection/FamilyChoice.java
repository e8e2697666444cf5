// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

/** The key {@code family}: one of the families, or the choice by input dimension. */
public enum FamilyChoice {
  /** Sign for a known d up to 16,384, else sparse-sign. */
  AUTO,
  /** Independent signs. */
  SIGN,
  /** A fixed number of signs for each feature. */
  SPARSE_SIGN,
  /** Subsampled randomised Hadamard transform. */
  HADAMARD,
  /** Independent Gaussians. */
  GAUSSIAN,
  /** Orthonormal rows, Haar distributed. */
  ORTHONORMAL,
  /** Independent, mostly zero. */
  VERY_SPARSE
}
