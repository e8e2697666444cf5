// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.random.RowKey;
import java.util.List;

/**
 * What one pass over the data finds out about several candidate models at once: each row is scored
 * by those models only that were made without its fold, so that every score is honest. From the
 * sums that are kept, calibrations are fitted and candidates compared with no further pass.
 *
 * <p>Two classes: a {@link ScoreSummary} of the logit for each candidate and fold ({@link
 * BinaryCrossFit}). Otherwise: exact sums of the loss, and the scores of a bounded sample of rows
 * chosen by their keys ({@link SoftmaxCrossFit}).
 *
 * <p>The same rows give the same bits whatever their order, their parts and the order of merging.
 * Not thread-safe.
 */
public sealed interface CrossFittedScores permits BinaryCrossFit, SoftmaxCrossFit {
  /** Scores that a sample holds unless said otherwise: 32 MiB. */
  int DEFAULT_SAMPLED_SCORES = 1 << 22;

  /**
   * No rows yet.
   *
   * @param shape candidates, folds and classes
   * @param seed chooses the sampled rows
   */
  static CrossFittedScores of(CrossFitShape shape, long seed) {
    return shape.classes() == 2
        ? new BinaryCrossFit(shape)
        : new SoftmaxCrossFit(shape, shape.rowsFor(DEFAULT_SAMPLED_SCORES), seed);
  }

  /**
   * The scores with this state.
   *
   * @param state from {@link #toLongs}
   * @throws IllegalArgumentException if it is none
   */
  static CrossFittedScores of(long[] state) {
    return state.length > 0 && state[0] == BinaryCrossFit.KIND
        ? BinaryCrossFit.of(state)
        : SoftmaxCrossFit.of(state);
  }

  /** Candidates, folds and classes. */
  CrossFitShape shape();

  /**
   * Adds a row.
   *
   * @param key of the row
   * @param fold of the row, 0 to F - 1
   * @param label its class, 0 to K - 1
   * @param weight finite and at least 0
   * @param scores C x K, row-major: of each candidate's model made without this fold; copied where
   *     they are kept. Minus infinity stands for a class that a model does not know
   * @throws IllegalArgumentException if a number is not as said
   */
  void add(RowKey key, int fold, int label, double weight, double[] scores);

  /**
   * Adds the rows of other scores, which stay as they are.
   *
   * @throws IllegalArgumentException if their shape, or the choice of their sample, differs
   */
  void merge(CrossFittedScores other);

  /**
   * Calibrates and assesses every candidate; see {@link CandidateAssessment}.
   *
   * @param semantics what weights mean for the number of rows
   */
  List<CandidateAssessment> assess(WeightSemantics semantics);

  /** The state as longs: equal rows give equal states. */
  long[] toLongs();
}
