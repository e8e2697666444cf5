// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Mean losses of candidates on the folds left out, by {@link ScoreForecast}. */
final class Forecasts {
  /** Beyond, a forecast of one model costs more than many closed forms. */
  private static final int MOST_CLASSES = 200;

  private final List<Candidate> candidates;
  private final Optional<Tournament> tournament;

  private Forecasts(List<Candidate> candidates, Optional<Tournament> tournament) {
    this.candidates = candidates;
    this.tournament = tournament;
  }

  /**
   * Forecasts for these models.
   *
   * @param models by fold, then by candidate, made without the fold
   */
  static Forecasts of(
      FoldMoments moments, List<Candidate> candidates, List<List<LinearModel>> models) {
    int classes = moments.fold(0).classes();
    int folds = moments.count();
    if (classes > MOST_CLASSES) {
      return new Forecasts(candidates, Optional.empty());
    }
    SoftmaxExpectation softmax = classes > 2 ? new SoftmaxExpectation(classes) : null;
    double[][] losses = new double[candidates.size()][folds];
    double[] weights = new double[folds];
    for (int f = 0; f < folds; f++) {
      weights[f] = moments.fold(f).weight();
      ScoreForecast forecast = new ScoreForecast(moments.fold(f), softmax);
      for (int c = 0; c < losses.length; c++) {
        losses[c][f] = weights[f] > 0 ? forecast.meanLoss(models.get(f).get(c)) : Double.NaN;
      }
    }
    dropFoldsWithoutForecast(losses, weights);
    return new Forecasts(
        candidates,
        Tournament.among(losses, weights, IntStream.range(0, candidates.size()).toArray()));
  }

  /** A fold with a class that no other fold has makes all losses infinite, and tells nothing. */
  private static void dropFoldsWithoutForecast(double[][] losses, double[] weights) {
    for (int f = 0; f < weights.length; f++) {
      boolean known = false;
      for (double[] ofCandidate : losses) {
        known |= Double.isFinite(ofCandidate[f]);
      }
      weights[f] = known ? weights[f] : 0;
    }
  }

  /** The choice, empty where there was nothing to go by. */
  Optional<Tournament> tournament() {
    return tournament;
  }

  /** The index of the candidate to use: by the one-standard-error rule, else the simplest. */
  int chosen() {
    return tournament.map(Tournament::chosen).orElse(0);
  }

  List<Candidate> candidates() {
    return candidates;
  }
}
