// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.Pooling;
import java.util.Optional;

/** Which model the moments of one pass lead to. */
public enum Estimator {
  /** The one that does best on folds left out. */
  AUTO,
  /** The covariance within the classes. */
  POOLED,
  /** The mean of the covariances of the classes, all weighted alike. */
  BALANCED,
  /** The logistic equations solved for Gaussian classes with covariances of their own. */
  MOMENT_MATCHED,
  /** The variances within the classes alone. */
  DIAGONAL,
  /** The covariance of all rows: to compare with. */
  TOTAL,
  /** The covariance within the classes, known by its products alone: for rows of any width. */
  CONJUGATE_GRADIENTS;

  /** The pooling of its closed form; empty where it is none. */
  Optional<Pooling> pooling() {
    return switch (this) {
      case POOLED, CONJUGATE_GRADIENTS -> Optional.of(Pooling.WITHIN);
      case BALANCED -> Optional.of(Pooling.BALANCED);
      case DIAGONAL -> Optional.of(Pooling.DIAGONAL);
      case TOTAL -> Optional.of(Pooling.TOTAL);
      case AUTO, MOMENT_MATCHED -> Optional.empty();
    };
  }

  /** The estimator of a closed form. */
  static Estimator of(Pooling pooling) {
    return switch (pooling) {
      case WITHIN -> POOLED;
      case BALANCED -> BALANCED;
      case DIAGONAL -> DIAGONAL;
      case TOTAL -> TOTAL;
    };
  }
}
