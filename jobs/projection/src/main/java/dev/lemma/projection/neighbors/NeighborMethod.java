// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

/** How pairs are found. */
public enum NeighborMethod {
  /** Whichever the solver expects to be cheaper at the wanted recall. */
  AUTO,
  /** Every pair, in a grid of tiles. */
  EXACT,
  /** Pairs that a locality-sensitive hash brings together. */
  LSH
}
