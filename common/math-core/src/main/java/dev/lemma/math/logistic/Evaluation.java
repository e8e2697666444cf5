// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How good predictions were on labelled rows. Made by {@link PredictionEvaluation#result}.
 *
 * <p>Log-loss and Brier score are over the rows that could be scored: one whose class the model
 * takes for impossible would make the log-loss infinite, and is counted instead. They are NaN
 * without weight.
 *
 * @param rows rows with a score, those of weight 0 included
 * @param unscored rows whose scores were not numbers
 * @param impossible rows of weight above 0 whose own class had probability 0
 * @param weight of the rows with a score
 * @param effectiveRows (sum w)&sup2; / sum w&sup2;
 * @param logLoss mean of -ln P(label)
 * @param logLossError its standard error, rows being independent and weights given
 * @param brier mean of (P(1) - label)&sup2; for two classes; for more, of sum<sub>k</sub> (P(k) -
 *     [k = label])&sup2;, which for two classes would be twice as much
 * @param confusion rows by actual and predicted class
 * @param rankings logits of class 1 for two classes; for more, of each class against all others, or
 *     none where there are more than {@value PredictionEvaluation#MOST_RANKED_CLASSES}
 * @param confidence what reliability is read from: logits of class 1 for two classes; for more, of
 *     the most probable class, with label 1 where that is the row's own
 */
public record Evaluation(
    long rows,
    long unscored,
    long impossible,
    double weight,
    double effectiveRows,
    double logLoss,
    double logLossError,
    double brier,
    ConfusionMatrix confusion,
    List<ScoreGroups> rankings,
    ScoreGroups confidence) {
  /** Copies the list. */
  public Evaluation {
    rankings = List.copyOf(rankings);
  }

  /** K. */
  public int classes() {
    return confusion.classes();
  }

  /** Share of rows predicted rightly; NaN without weight. */
  public double accuracy() {
    return confusion.accuracy();
  }

  /**
   * Log-loss of predicting the shares of the classes among these very rows for each of them: what a
   * model has to be better than.
   */
  public double baselineLogLoss() {
    double sum = 0;
    for (double actual : confusion.actual()) {
      sum -= actual > 0 ? actual * Math.log(actual / weight) : 0;
    }
    return sum / weight;
  }

  /** The ranking of class 1, or of each class against the others; see {@link #rankings}. */
  public List<RankingCurve> curves() {
    return rankings.stream().map(RankingCurve::of).toList();
  }

  /**
   * AUC for two classes; for more, the mean over classes of that against all others. Classes
   * without rows are left out; NaN without any.
   */
  public double macroAuc() {
    return mean(RankingCurve::auc, Averaging.MACRO);
  }

  /** As {@link #macroAuc}, with classes weighted by their rows. */
  public double weightedAuc() {
    return mean(RankingCurve::auc, Averaging.WEIGHTED);
  }

  /** As {@link #macroAuc}, of the average precision. */
  public double macroAveragePrecision() {
    return mean(RankingCurve::averagePrecision, Averaging.MACRO);
  }

  private enum Averaging {
    MACRO,
    WEIGHTED
  }

  private double mean(ToDoubleFunction<RankingCurve> metric, Averaging averaging) {
    double sum = 0;
    double total = 0;
    for (ScoreGroups ranking : rankings) {
      double value = metric.applyAsDouble(RankingCurve.of(ranking));
      if (!Double.isNaN(value)) {
        double share =
            switch (averaging) {
              case MACRO -> 1;
              case WEIGHTED -> ranking.totalWeight(1);
            };
        sum += share * value;
        total += share;
      }
    }
    return sum / total;
  }
}
