// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * What a comparing pass finds that also sums the influence of the rows.
 *
 * @param scores cross-fitted scores
 * @param influences sums for each plan, in their order
 */
public record InfluencedScores(CrossFittedScores scores, List<InfluenceSums> influences) {
  /** Copies the list. */
  public InfluencedScores {
    influences = List.copyOf(influences);
  }
}
