// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

/** What is asked of the rows. */
public enum NeighborTask {
  /** For each row of the queries, or each row, the k nearest others. */
  TOP_K,
  /** All pairs within a radius. */
  RADIUS,
  /** Groups of rows that chains of pairs within a radius connect. */
  GROUPS
}
