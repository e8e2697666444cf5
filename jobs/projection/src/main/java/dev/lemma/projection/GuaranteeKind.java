// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

/** The key {@code guarantee}: of which distances it is promised that they stay within eps. */
public enum GuaranteeKind {
  /** An expected share of all pairs; independent of the number of rows. */
  SHARE,
  /** Every pair of rows at once. */
  ALL_PAIRS,
  /** Every pair of a query and a row at once. */
  QUERIES,
  /** The norm of every row at once. */
  NORMS
}
