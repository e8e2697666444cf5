// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The data as the iterative algorithms see it: something that can be read from beginning to end.
 * Whoever holds the rows implements it with a {@link LikelihoodAccumulator} for each part of them
 * and merges the parts in a fixed order.
 */
@FunctionalInterface
public interface LogisticPasses {
  /**
   * Reads all rows once.
   *
   * @param plan what to compute
   * @return the sums over all rows
   */
  LikelihoodSums run(PassPlan plan);
}
