// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

/** What is joined with what. */
public enum JoinSides {
  /** A set of rows with itself: unordered pairs of different rows. */
  SELF,
  /** Queries on the left with data on the right. */
  TWO
}
