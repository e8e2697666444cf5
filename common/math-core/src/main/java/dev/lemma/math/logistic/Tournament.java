// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The choice among candidates by the one-standard-error rule: of all those whose loss is not
 * clearly above the best one's, the simplest.
 *
 * <p>Losses are compared fold by fold, so that what makes a fold hard for all of them cancels: with
 * d<sub>f</sub> the loss of a candidate less that of the best on fold f and W<sub>f</sub> the
 * weights of the folds, the mean difference D = sum W<sub>f</sub> d<sub>f</sub> / W has the
 * standard error
 *
 * <p>sqrt(F / (F - 1) sum (W<sub>f</sub> / W)&sup2; (d<sub>f</sub> - D)&sup2;),
 *
 * <p>F being the folds with any weight; and a candidate is in the choice when D is at most that.
 * With a single fold the error is 0, and the best is chosen unless others equal it.
 *
 * <p>The rule: L. Breiman, J. Friedman, R. Olshen, C. Stone, <em>Classification and Regression
 * Trees</em>, 1984, section 3.4.3, there with the error of the best one's loss itself.
 *
 * @param best index of the candidate with the least mean loss, the simpler among equals
 * @param chosen index of the candidate to use
 * @param meanLosses of every candidate over all rows; NaN for one that is out of the choice
 * @param differences mean loss of every candidate less that of the best
 * @param standardErrors of the differences
 */
public record Tournament(
    int best, int chosen, double[] meanLosses, double[] differences, double[] standardErrors) {
  /** Copies the arrays in. */
  public Tournament {
    meanLosses = meanLosses.clone();
    differences = differences.clone();
    standardErrors = standardErrors.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] meanLosses() {
    return meanLosses.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] differences() {
    return differences.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] standardErrors() {
    return standardErrors.clone();
  }

  /**
   * Chooses among assessed candidates, each with its calibration where it was accepted. A candidate
   * that lost more rows than another is out: their losses are not over the same rows.
   *
   * @param complexities of the candidates, lower being simpler; among equals the lower loss wins
   * @return empty if no candidate has a finite loss
   */
  public static Optional<Tournament> among(
      List<CandidateAssessment> candidates, int[] complexities) {
    long least = candidates.stream().mapToLong(CandidateAssessment::lostRows).min().orElse(0);
    double[][] losses = new double[candidates.size()][];
    double[] weights = new double[0];
    for (int c = 0; c < losses.length; c++) {
      CandidateAssessment candidate = candidates.get(c);
      losses[c] = candidate.chosenLosses();
      if (candidate.lostRows() > least) {
        Arrays.fill(losses[c], Double.NaN);
      } else {
        weights = candidate.foldWeights();
      }
    }
    return among(losses, weights, complexities);
  }

  /**
   * Chooses by losses.
   *
   * @param losses mean loss of each candidate on each fold, C x F; folds without weight are not
   *     looked at; candidates whose mean is not finite are out
   * @param foldWeights F weights, at least 0
   * @param complexities of the candidates, lower being simpler; among equals the lower loss wins
   * @return empty if no candidate has a finite loss
   * @throws IllegalArgumentException if lengths do not fit
   */
  public static Optional<Tournament> among(
      double[][] losses, double[] foldWeights, int[] complexities) {
    int candidates = losses.length;
    if (complexities.length != candidates) {
      throw new IllegalArgumentException(
          "a complexity is needed for each of "
              + candidates
              + " candidates, found "
              + complexities.length);
    }
    double[] means = new double[candidates];
    int best = -1;
    for (int c = 0; c < candidates; c++) {
      if (losses[c].length != foldWeights.length) {
        throw new IllegalArgumentException(
            "a loss is needed for each of "
                + foldWeights.length
                + " folds, found "
                + losses[c].length
                + " for candidate "
                + c);
      }
      double mean = mean(losses[c], foldWeights);
      means[c] = Double.isFinite(mean) ? mean : Double.NaN;
      if (!Double.isNaN(means[c]) && (best < 0 || isBetter(c, best, means, complexities))) {
        best = c;
      }
    }
    if (best < 0) {
      return Optional.empty();
    }
    double[] differences = new double[candidates];
    double[] errors = new double[candidates];
    int chosen = best;
    for (int c = 0; c < candidates; c++) {
      double[] paired = new double[foldWeights.length];
      for (int f = 0; f < paired.length; f++) {
        paired[f] = losses[c][f] - losses[best][f];
      }
      differences[c] = mean(paired, foldWeights);
      errors[c] = error(paired, foldWeights, differences[c]);
      if (differences[c] <= errors[c] && isSimpler(c, chosen, means, complexities)) {
        chosen = c;
      }
    }
    return Optional.of(new Tournament(best, chosen, means, differences, errors));
  }

  private static boolean isBetter(int c, int other, double[] means, int[] complexities) {
    return means[c] < means[other]
        || means[c] == means[other] && complexities[c] < complexities[other];
  }

  private static boolean isSimpler(int c, int other, double[] means, int[] complexities) {
    return complexities[c] < complexities[other]
        || complexities[c] == complexities[other] && means[c] < means[other];
  }

  private static double mean(double[] values, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int f = 0; f < values.length; f++) {
      if (weights[f] > 0) {
        sum += weights[f] * values[f];
        total += weights[f];
      }
    }
    return sum / total;
  }

  private static double error(double[] values, double[] weights, double mean) {
    double total = 0;
    double sum = 0;
    int folds = 0;
    for (int f = 0; f < values.length; f++) {
      if (weights[f] > 0) {
        folds++;
        total += weights[f];
        double away = weights[f] * (values[f] - mean);
        sum += away * away;
      }
    }
    return folds < 2 ? 0 : Math.sqrt(folds / (folds - 1.0) * sum) / total;
  }
}
