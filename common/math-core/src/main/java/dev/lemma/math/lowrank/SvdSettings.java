// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.util.Objects;

/**
 * What {@link RandomizedSvd} is asked for.
 *
 * @param target how many triplets
 * @param oversampling columns of W beyond those wanted, at least 0
 * @param reads of A, at least 1 ({@link SvdMode#TWO_SIDED}: at least 2, and an odd one is not
 *     used); a tolerance may take more
 * @param preparation of the columns
 * @param mode how a power step reads A
 * @param seed key of the start matrix
 */
public record SvdSettings(
    RankTarget target,
    int oversampling,
    int reads,
    Preparation preparation,
    SvdMode mode,
    long seed) {
  /** Checks the ranges. */
  public SvdSettings {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(preparation, "preparation");
    Objects.requireNonNull(mode, "mode");
    if (oversampling < 0) {
      throw new IllegalArgumentException("oversampling must be at least 0, found " + oversampling);
    }
    int least = mode == SvdMode.POWER ? 1 : 2;
    if (reads < least) {
      throw new IllegalArgumentException("reads must be at least " + least + ", found " + reads);
    }
  }

  /** Columns beyond the rank that are enough for most small ranks. */
  private static final int LEAST_OVERSAMPLING = 20;

  /**
   * Columns beyond the rank where nobody says how many: 20, or half the rank if that is more. With
   * three reads that left at most 1.001 of the least Frobenius error for singular values that fall
   * as 1/i, whatever the rank.
   */
  public static int oversamplingFor(RankTarget target) {
    return target instanceof RankTarget.Fixed fixed
        ? Math.max(LEAST_OVERSAMPLING, fixed.most() / 2)
        : LEAST_OVERSAMPLING;
  }

  /** Columns of W in the first read of a matrix of n columns. */
  public int startWidth(int n) {
    int wanted =
        target instanceof RankTarget.Tolerance
            ? Math.min(target.most(), RandomizedSvd.FIRST_BLOCK)
            : target.most();
    return (int) Math.min(n, (long) wanted + oversampling);
  }

  /** Most columns that W can come to have. */
  public int mostWidth(int n) {
    return (int) Math.min(n, (long) target.most() + oversampling);
  }
}
