// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.Serializable;
import java.util.Objects;

/**
 * A change to the moments of a data set: rows that came and rows that went. The two are kept apart,
 * for weights that cancel leave no mean behind; a day of corrections may take away more than it
 * brings. Immutable and thread-safe.
 *
 * @param additions moments of the rows of positive weight
 * @param deletions moments of the rows of negative weight, with its size as their weight
 */
public record SignedMoments(FoldMoments additions, FoldMoments deletions) implements Serializable {
  /** Checks that the two are given. */
  public SignedMoments {
    Objects.requireNonNull(additions);
    Objects.requireNonNull(deletions);
  }

  /** Both changes. */
  public SignedMoments merge(SignedMoments other) {
    return new SignedMoments(additions.merge(other.additions), deletions.merge(other.deletions));
  }

  /**
   * The moments of what is there: additions less deletions.
   *
   * @throws IllegalArgumentException if more was deleted from some cell than had been added
   */
  public FoldMoments net() {
    return additions.subtract(deletions);
  }
}
