// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.LadderResult;
import dev.lemma.math.logistic.MatrixFreeResult;
import java.util.Optional;

/**
 * All that came of training: the model with its summary, and what only the run that made it tells.
 *
 * @param fit the model
 * @param deviations of each feature over all rows
 * @param statistics what it was solved from, in the model's classes; empty where the rows were too
 *     wide for them
 * @param ladder what was compared and what each pass bought; empty for a closed form that was named
 * @param iterations how conjugate gradients went, where they solved the equations
 * @param read rows read, all passes together
 */
record FitOutcome(
    LogisticFit fit,
    double[] deviations,
    Optional<Statistics> statistics,
    Optional<LadderResult> ladder,
    Optional<MatrixFreeResult> iterations,
    long read) {

  /** The outcome of a fit from statistics. */
  static FitOutcome of(LogisticFit fit, Statistics statistics, Optional<LadderResult> ladder) {
    return new FitOutcome(
        fit,
        CoefficientRows.deviations(statistics.total()),
        Optional.of(statistics),
        ladder,
        Optional.empty(),
        0);
  }

  /** The same after so many rows read. */
  FitOutcome afterReading(long rows) {
    return new FitOutcome(fit, deviations, statistics, ladder, iterations, rows);
  }

  /** The same with another model. */
  FitOutcome with(LogisticFit other) {
    return new FitOutcome(other, deviations, statistics, ladder, iterations, read);
  }
}
