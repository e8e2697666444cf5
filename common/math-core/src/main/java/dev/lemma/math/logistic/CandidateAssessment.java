// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * What the cross-fitted scores of one candidate say: its loss on each fold by the models made
 * without that fold, and whether a calibration is worth having.
 *
 * <p>The calibrated loss of a fold is that of the calibration fitted on the other folds, so no row
 * has a part in what it is judged by. The calibration is accepted when the mean gain over all rows
 * is more than one standard error of itself; then, and only then, is it the one fitted on all
 * folds.
 *
 * @param foldWeights F weights of the scored rows
 * @param losses F mean log-losses of the scores as they are; NaN for a fold without weight
 * @param calibratedLosses F mean log-losses of the calibrated scores; NaN for a fold without weight
 * @param gain mean over all rows of the loss less the calibrated loss; 0 without rows
 * @param gainError standard error of the gain, from the spread of the gains of single rows
 * @param fit the calibration of all folds
 * @param lostRows rows of positive weight that a model gave no score, or probability 0; they are in
 *     no loss
 */
public record CandidateAssessment(
    double[] foldWeights,
    double[] losses,
    double[] calibratedLosses,
    double gain,
    double gainError,
    CalibrationFit fit,
    long lostRows) {
  /** Copies the arrays in. */
  public CandidateAssessment {
    foldWeights = foldWeights.clone();
    losses = losses.clone();
    calibratedLosses = calibratedLosses.clone();
    if (losses.length != foldWeights.length || calibratedLosses.length != foldWeights.length) {
      throw new IllegalArgumentException(
          "losses must be given for each of "
              + foldWeights.length
              + " folds, found "
              + losses.length
              + " and "
              + calibratedLosses.length);
    }
  }

  /** Copies the array out. */
  @Override
  public double[] foldWeights() {
    return foldWeights.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] losses() {
    return losses.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] calibratedLosses() {
    return calibratedLosses.clone();
  }

  /** Whether the calibration gains more than one standard error on rows it was not fitted on. */
  public boolean isCalibrated() {
    return gain > gainError;
  }

  /** The calibration to use: the fitted one where it is accepted, else the identity. */
  public Calibration calibration() {
    return isCalibrated() ? fit.calibration() : Calibration.identity(fit.calibration().classes());
  }

  /** The F losses with the calibration to use. */
  public double[] chosenLosses() {
    return isCalibrated() ? calibratedLosses() : losses();
  }

  /** Mean log-loss over all rows with the calibration to use; NaN without weight. */
  public double meanLoss() {
    double sum = 0;
    double weight = 0;
    double[] chosen = isCalibrated() ? calibratedLosses : losses;
    for (int f = 0; f < chosen.length; f++) {
      if (foldWeights[f] > 0) {
        sum += foldWeights[f] * chosen[f];
        weight += foldWeights[f];
      }
    }
    return sum / weight;
  }
}
