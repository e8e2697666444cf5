// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/** Losses by fold before and after a calibration that was fitted on the other folds. */
final class HeldOutGain {
  private final double[] weights;
  private final double[] losses;
  private final double[] calibrated;
  private double squares;

  HeldOutGain(int folds) {
    weights = new double[folds];
    losses = new double[folds];
    calibrated = new double[folds];
  }

  void add(int fold, double weight, double loss, double calibratedLoss) {
    weights[fold] += weight;
    losses[fold] += weight * loss;
    calibrated[fold] += weight * calibratedLoss;
    squares += weight * (loss - calibratedLoss) * (loss - calibratedLoss);
  }

  /** Mean gain in the rows of a fold; 0 without rows. */
  double gain(int fold) {
    return weights[fold] > 0 ? (losses[fold] - calibrated[fold]) / weights[fold] : 0;
  }

  /** Standard error of the mean gain over all rows, which count as so many; 0 without rows. */
  double error(double rows) {
    double weight = Arrays.stream(weights).sum();
    if (!(weight > 0)) {
      return 0;
    }
    double mean = meanGain();
    return Math.sqrt(Math.max(0, squares / weight - mean * mean) / rows);
  }

  double meanGain() {
    double weight = Arrays.stream(weights).sum();
    double gain = Arrays.stream(losses).sum() - Arrays.stream(calibrated).sum();
    return weight > 0 ? gain / weight : 0;
  }

  CandidateAssessment assessment(double rows, CalibrationFit fit, long lostRows) {
    int folds = weights.length;
    double[] before = new double[folds];
    double[] after = new double[folds];
    for (int f = 0; f < folds; f++) {
      before[f] = losses[f] / weights[f];
      after[f] = calibrated[f] / weights[f];
    }
    return new CandidateAssessment(weights, before, after, meanGain(), error(rows), fit, lostRows);
  }
}
