// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.function.Function;

/**
 * A {@link MomentAccumulator} for rows of which some have negative weight: each deletes a row of
 * the same values and the opposite weight that is added here or elsewhere. Twice its memory once
 * there are deletions. Not thread-safe.
 */
public final class SignedMomentAccumulator {
  private final MomentAccumulator additions;
  private final MomentAccumulator deletions;

  /**
   * An accumulator of either sign.
   *
   * @param shape the shape of the result
   * @param maker makes one accumulator of that shape for each sign
   */
  public SignedMomentAccumulator(
      MomentShape shape, Function<MomentShape, MomentAccumulator> maker) {
    this.additions = maker.apply(shape);
    this.deletions = maker.apply(shape);
  }

  /**
   * Adds a dense row, or deletes it; see {@link MomentAccumulator#add(int, int, double, double[])}.
   */
  public void add(int fold, int k, double w, double[] x) {
    side(w).add(fold, k, Math.abs(w), x);
  }

  /** Adds a sparse row, or deletes it; see {@link MomentAccumulator}. */
  public void add(int fold, int k, double w, int[] indices, double[] values, int count) {
    side(w).add(fold, k, Math.abs(w), indices, values, count);
  }

  /** The moments of all rows added and of all deleted. The accumulator is empty afterwards. */
  public SignedMoments finish() {
    return new SignedMoments(additions.finish(), deletions.finish());
  }

  private MomentAccumulator side(double w) {
    return w < 0 ? deletions : additions;
  }
}
