// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The data as {@link MatrixFree} sees it: rows with a key, a fold, a class and a weight that can be
 * read from beginning to end, more than once and always the same. Each call of either method is one
 * pass over the rows.
 */
public interface ScatterPasses {
  /**
   * Reads all rows once and multiplies their scatter by the directions of a plan.
   *
   * @return the sums of {@link ScatterProducts} over all rows; the caller's to change
   */
  double[] multiply(ScatterPlan plan);

  /**
   * Reads all rows once and scores each by the models made without its fold.
   *
   * @param plan the models
   * @return the scores of all rows, of the plan's shape
   */
  CrossFittedScores crossFit(CrossFitPlan plan);
}
