// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The one covariance that a closed form puts in the place of the K covariances of the classes. All
 * are maximum-likelihood ones: sums are divided by weights, not by degrees of freedom.
 */
public enum Pooling {
  /** The mean of the covariances within the classes, weighted by their shares. The default. */
  WITHIN,
  /**
   * The mean of the covariances within the classes that have at least two rows, all weighted alike.
   * Needs {@link ScatterLayout#PER_CLASS}.
   */
  BALANCED,
  /**
   * The covariance of all rows. Not an estimator to use: its log-odds, less those of the priors,
   * are those of {@link #WITHIN} times 1 / (1 + p0 p1 D<sup>2</sup>) for two classes at squared
   * Mahalanobis distance D<sup>2</sup>, so that its probabilities are too timid and, with unequal
   * shares, its boundary is off. It is here to be compared with.
   */
  TOTAL,
  /** The variances within the classes alone: features count as independent within a class. */
  DIAGONAL
}
