// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a search has to find, and among what.
 *
 * @param metric of the distances
 * @param sides what is joined
 * @param leftRows number of rows, of queries where there are two sides
 * @param rightRows number of rows of data; as leftRows where there is one side
 * @param d input dimension, or empty for an open space of feature ids
 * @param nonZeros mean number of non-zero features of a row, above 0
 * @param wanted a sample of the distances at which pairs must be found: those of the k nearest of
 *     sampled queries, or of sampled pairs within the radius, or the radius alone
 * @param recall share of the wanted pairs to find, in (0, 1)
 * @param profile the distances of all pairs of the job
 * @param exactPairs pairs that exact tiles compare, at least 0: all of them, or fewer where the
 *     rest is known to be too far
 * @param seed of the hash functions
 */
public record NeighborQuestion(
    Metric metric,
    JoinSides sides,
    long leftRows,
    long rightRows,
    OptionalLong d,
    double nonZeros,
    double[] wanted,
    double recall,
    DistanceProfile profile,
    double exactPairs,
    long seed) {

  /** Copies the array in and checks the ranges. */
  public NeighborQuestion {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(sides, "sides");
    Objects.requireNonNull(d, "d");
    Objects.requireNonNull(profile, "profile");
    wanted = wanted.clone();
    require(leftRows >= 1 && rightRows >= 1, "rows of a search: expected at least 1 on each side");
    require(
        sides == JoinSides.TWO || leftRows == rightRows,
        "rows of a self join: expected the same number on both sides");
    require(nonZeros > 0, "non-zero features of a row: expected above 0, found " + nonZeros);
    require(recall > 0 && recall < 1, "recall: expected between 0 and 1, found " + recall);
    require(exactPairs >= 0, "pairs of exact tiles: expected at least 0, found " + exactPairs);
    require(wanted.length > 0, "wanted distances: expected at least one, found none");
    for (double distance : wanted) {
      require(
          distance >= 0 && distance < Double.POSITIVE_INFINITY,
          "wanted distances: expected finite numbers of at least 0, found " + distance);
    }
  }

  /** Copies the array out. */
  @Override
  public double[] wanted() {
    return wanted.clone();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
