// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

/** What the main table of {@code svd} holds of each row. */
public enum ScoreKind {
  /** The prepared row times V. */
  PROJECTION,
  /** The row of U. */
  LEFT_VECTOR
}
