// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.ClosedForm;
import java.util.Objects;

/**
 * How a model is trained.
 *
 * @param passes how many times the rows are read
 * @param folds folds of cross-validation, at least 2; one pass uses none
 * @param kernel how sums are formed
 * @param closedForm the closed form, of the one pass or as the start of more
 * @param weights what weights mean
 * @param memory most bytes that the statistics may take
 */
public record LogisticSettings(
    Passes passes,
    int folds,
    Kernel kernel,
    ClosedForm closedForm,
    WeightMeaning weights,
    long memory) {
  /** Checks ranges. */
  public LogisticSettings {
    Objects.requireNonNull(passes, "passes");
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(closedForm, "closedForm");
    Objects.requireNonNull(weights, "weights");
    if (folds < 2) {
      throw new IllegalArgumentException("folds must be at least 2, found " + folds);
    }
    if (memory < 1) {
      throw new IllegalArgumentException("memory must be at least 1 byte, found " + memory);
    }
  }
}
