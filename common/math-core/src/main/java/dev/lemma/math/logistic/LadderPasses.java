// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * The data as a {@link Ladder} sees it: rows with a key, a fold, a class and a weight that can be
 * read from beginning to end, more than once and always the same. Each call of a method is one pass
 * over the rows.
 *
 * <p>Whoever holds the rows keeps an accumulator for each part of them, adds the rows of the part,
 * finishes it, and merges the parts in a fixed order: {@link CrossFitAccumulator} for {@link
 * #crossFit}, {@link LikelihoodAccumulator} for {@link #run}. The fold of a row must be the one
 * under which it was counted in the {@link FoldMoments}, and so must class and weight.
 */
public interface LadderPasses extends LogisticPasses {
  /**
   * Reads all rows once and scores each by the models made without its fold.
   *
   * @param plan the models
   * @return the scores of all rows, of the plan's shape
   */
  CrossFittedScores crossFit(CrossFitPlan plan);

  /**
   * The same pass, which sums the influence of each row besides.
   *
   * @param plan the models
   * @param influences on which coefficients
   */
  InfluencedScores crossFit(CrossFitPlan plan, List<InfluencePlan> influences);
}
