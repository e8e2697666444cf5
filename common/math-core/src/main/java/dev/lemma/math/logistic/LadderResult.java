// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;
import java.util.Optional;

/**
 * What a {@link Ladder} came to.
 *
 * @param model the model, in the units of the rows, calibrated and corrected for priors
 * @param passes over the data that were made, the one for the moments included
 * @param stages what each pass bought, in order
 * @param candidates all that were compared, in ascending complexity; the points of kind {@link
 *     CandidateKind#RIDGE} are the ridge path
 * @param calibration of the chosen candidate, the identity where none was accepted. It is part of
 *     the model already
 * @param calibrationGain mean gain of the fitted calibration on rows it was not fitted on; NaN
 *     without a comparing pass
 * @param calibrationGainError its standard error
 * @param certificate where a pass took derivatives
 * @param diagnosis of rank, constant, dependent and separating columns
 * @param errors for each class k from 1 on, the log odds against the first class with weight, with
 *     standard errors, before the correction for priors; empty where there are none, and for a
 *     class that is absent
 * @param errorBasis where they come from
 * @param scores cross-fitted scores of the candidates, for AUC, thresholds and reliability; the
 *     index of the chosen one is that of {@link #chosen}
 * @param notes what was left out or went another way than asked, for people
 */
public record LadderResult(
    LinearModel model,
    int passes,
    List<LadderStage> stages,
    List<CandidateResult> candidates,
    Calibration calibration,
    double calibrationGain,
    double calibrationGainError,
    Optional<Certificate> certificate,
    Diagnosis diagnosis,
    List<Optional<CoefficientErrors>> errors,
    ErrorBasis errorBasis,
    Optional<CrossFittedScores> scores,
    List<String> notes) {
  /** Copies the lists. */
  public LadderResult {
    stages = List.copyOf(stages);
    candidates = List.copyOf(candidates);
    errors = List.copyOf(errors);
    notes = List.copyOf(notes);
  }

  /** The index of the chosen candidate in {@link #candidates}, or -1. */
  public int chosen() {
    for (int c = 0; c < candidates.size(); c++) {
      if (candidates.get(c).chosen()) {
        return c;
      }
    }
    return -1;
  }
}
