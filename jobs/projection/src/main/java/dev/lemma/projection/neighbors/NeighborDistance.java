// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

/** Distances between two rows. */
public enum NeighborDistance {
  /** 1 - cosine of the angle, from 0 to 2; 1 between a row of zeros and any other. */
  COSINE,
  /** Length of the difference. */
  EUCLIDEAN
}
