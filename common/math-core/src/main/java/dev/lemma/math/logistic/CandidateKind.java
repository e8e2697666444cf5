// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** The families of models that follow from class moments without a pass over the rows. */
public enum CandidateKind {
  /** {@link Pooling#DIAGONAL}. */
  DIAGONAL,
  /** {@link Pooling#WITHIN}, shrunk by a given share rho: a point of the {@link RidgePath}. */
  RIDGE,
  /** {@link Pooling#WITHIN}, shrunk by {@link Shrinkage.Oas}. */
  POOLED,
  /** {@link Pooling#BALANCED}, shrunk by {@link Shrinkage.Oas}. */
  BALANCED,
  /** {@link MomentMatched}. */
  MOMENT_MATCHED,
  /** {@link Pooling#TOTAL}: to compare with, never chosen. */
  TOTAL
}
