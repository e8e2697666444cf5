// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.Shrinkage;
import java.util.Optional;

/** By what a fit knows its rows. */
enum FitRoute {
  /** Their moments, a scatter matrix among them. */
  MOMENTS,
  /** Means and variances alone: features count as independent. */
  VARIANCES,
  /** Means and variances, and products with the covariance, pass by pass. */
  PRODUCTS;

  /** That of rows with d features, of which there are no statistics. */
  static FitRoute of(LogisticSettings settings, int d) {
    if (settings.estimator() == Estimator.CONJUGATE_GRADIENTS) {
      return PRODUCTS;
    }
    boolean needsNoMatrix =
        settings.isClosed()
            && settings.estimator() == Estimator.DIAGONAL
            && Shrinkage.NONE.equals(settings.closedForm().shrinkage());
    boolean isTooWide =
        new StatisticsSize(d, settings.usedFolds(), settings.memory()).tooWide().isPresent();
    return needsNoMatrix && isTooWide ? VARIANCES : MOMENTS;
  }

  /** Refuses d where not even two classes fit; empty when they do. */
  Optional<Problem> tooWide(int d, int folds, long memory) {
    return switch (this) {
      case MOMENTS -> new StatisticsSize(d, folds, memory).tooWide();
      case VARIANCES -> DiagonalPass.tooWide(d, 1, memory);
      case PRODUCTS -> WideTraining.tooWide(d, folds, memory);
    };
  }
}
