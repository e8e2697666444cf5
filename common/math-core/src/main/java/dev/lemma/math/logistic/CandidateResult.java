// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * How a {@link Candidate} did.
 *
 * @param candidate which
 * @param forecast mean log-loss on the folds left out by their moments, NaN if not asked
 * @param heldOutLoss mean log-loss over all rows by models made without the row's fold, calibrated
 *     where that was accepted; NaN without a comparing pass
 * @param uncalibratedLoss the same without calibration
 * @param heldOutError standard error of the loss over the folds
 * @param difference mean loss less that of the best candidate, on the basis that decided; 0 for the
 *     best, NaN for one that took no part
 * @param differenceError standard error of the difference over the folds
 * @param calibrated whether a calibration gained more than one standard error
 * @param chosen whether it is the one chosen
 */
public record CandidateResult(
    Candidate candidate,
    double forecast,
    double heldOutLoss,
    double uncalibratedLoss,
    double heldOutError,
    double difference,
    double differenceError,
    boolean calibrated,
    boolean chosen) {}
