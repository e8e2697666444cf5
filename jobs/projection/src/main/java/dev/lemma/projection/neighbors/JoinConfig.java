// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Key;
import dev.lemma.math.neighbors.Metric;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is asked of the rows and how it is found.
 *
 * @param task the question
 * @param k neighbours of each row
 * @param radius largest distance of a pair
 * @param distance between two rows
 * @param method how pairs are found
 * @param recall share of the true pairs that are to be found
 * @param minRecall the gate
 * @param budget most pairs that may be compared
 * @param bucketCap most rows of a bucket
 */
public record JoinConfig(
    @Key(
            doc =
                "top-k: the k nearest others of each row; radius: all pairs within a radius; groups:"
                    + " rows connected by pairs within a radius, named by their smallest id",
            fallback = "top-k")
        NeighborTask task,
    @Key(doc = "Neighbours of each row (task top-k)", fallback = "10") int k,
    @Key(doc = "Largest distance of a pair (tasks radius and groups, which need it)")
        OptionalDouble radius,
    @Key(
            doc =
                "cosine: 1 - cosine of the angle, 0 to 2, and 1 beside a row of zeros; euclidean:"
                    + " length of the difference",
            fallback = "cosine")
        Metric distance,
    @Key(
            doc =
                "exact: every pair, in a grid of tiles; lsh: pairs that a locality-sensitive hash"
                    + " brings together; auto: the cheaper of both for the wanted recall",
            fallback = "auto")
        NeighborMethod method,
    @Key(doc = "Share of the true pairs that the hash is to find, in (0, 1)", fallback = "0.95")
        double recall,
    @Key(
            doc =
                "Gate: least measured recall; below it the run ends with code 5 and publishes"
                    + " nothing; unset: no gate",
            effect = Effect.OPERATION)
        OptionalDouble minRecall,
    @Key(
            doc =
                "Most pairs that may be compared; where more are expected the run ends with code 3"
                    + " before it compares any",
            fallback = "1000000000000",
            effect = Effect.OPERATION)
        long budget,
    @Key(
            doc =
                "Most distinct rows of a bucket, at least 2048: of a fuller one a sample by the seed"
                    + " is kept, and the loss is told; unset: no row is left out")
        OptionalLong bucketCap)
    implements Checked {
  /** Most neighbours of a row: lists of a tile are held in memory. */
  static final int MOST_NEIGHBORS = 1000;

  /** Checks the range of each component. */
  public JoinConfig {
    if (k < 1 || k > MOST_NEIGHBORS) {
      throw new IllegalArgumentException("k must lie in 1 to " + MOST_NEIGHBORS + ", found " + k);
    }
    if (!(radius.orElse(0) >= 0 && radius.orElse(0) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "radius must be finite and at least 0, found " + radius.getAsDouble());
    }
    if (!(recall > 0 && recall < 1)) {
      throw new IllegalArgumentException("recall must lie in (0, 1), found " + recall);
    }
    if (!(minRecall.orElse(0) >= 0 && minRecall.orElse(0) <= 1)) {
      throw new IllegalArgumentException(
          "min-recall must lie in 0 to 1, found " + minRecall.getAsDouble());
    }
    if (budget < 1) {
      throw new IllegalArgumentException("budget must be at least 1, found " + budget);
    }
    if (bucketCap.orElse(BucketCounts.CROWDED) < BucketCounts.CROWDED) {
      throw new IllegalArgumentException(
          "bucket-cap must be at least "
              + BucketCounts.CROWDED
              + ", found "
              + bucketCap.getAsLong());
    }
  }

  @Override
  public void check(Findings findings) {
    if (task != NeighborTask.TOP_K && radius.isEmpty()) {
      findings.add("radius", "within which distance?", "set radius");
    }
  }
}
