// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.ExactSum;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what the quality of predictions is computed from, in bounded memory: exact sums of the
 * losses, the confusion matrix, and the distribution of logits ({@link ScoreSummary}).
 *
 * <ul>
 *   <li>Two classes: the logit of class 1.
 *   <li>3 to {@value #MOST_RANKED_CLASSES} classes: for each class its logit against all others
 *       together, ln p<sub>k</sub> / (1 - p<sub>k</sub>).
 *   <li>More than two classes: the confidence, the logit of the most probable class, with label 1
 *       where it is the row's own.
 * </ul>
 *
 * <p>All is computed from scores and never from probabilities, so nothing is clipped. The same rows
 * give the same bits whatever their order, their parts and the order of merging. At most 0.6 MB for
 * each distribution of logits, plus 8 K&sup2; bytes up to {@value ConfusionMatrix#MOST_CLASSES}
 * classes or 24 K beyond. O(K) a row. Not thread-safe.
 */
public final class PredictionEvaluation {
  /** The most classes that are ranked one against the rest. */
  public static final int MOST_RANKED_CLASSES = 64;

  private static final long KIND = 4;

  private final int classes;
  private long rows;
  private long unscored;
  private long impossible;
  private final ExactSum[] sums = new ExactSum[Sum.values().length];
  private final ConfusionCounts confusion;
  private final ScoreSummary[] rankings;
  private final ScoreSummary confidence;
  private final double[] block;

  /** What is summed over rows of weight w, loss l and Brier score b. */
  private enum Sum {
    WEIGHT,
    SQUARED_WEIGHT,
    LOSS,
    BRIER,
    SQUARED_WEIGHT_LOSS,
    SQUARED_WEIGHT_SQUARED_LOSS
  }

  /**
   * No rows yet.
   *
   * @param classes K, at least 1
   */
  public PredictionEvaluation(int classes) {
    this(classes, new ConfusionCounts(checked(classes)));
  }

  private PredictionEvaluation(int classes, ConfusionCounts confusion) {
    this.classes = classes;
    this.confusion = confusion;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new ExactSum();
    }
    rankings = new ScoreSummary[rankedOf(classes)];
    for (int i = 0; i < rankings.length; i++) {
      rankings[i] = new ScoreSummary();
    }
    confidence = new ScoreSummary();
    block = new double[classes];
  }

  private static int checked(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("there is at least 1 class, found " + classes);
    }
    return classes;
  }

  private static int rankedOf(int classes) {
    if (classes == 2) {
      return 1;
    }
    return classes > 2 && classes <= MOST_RANKED_CLASSES ? classes : 0;
  }

  /** K. */
  public int classes() {
    return classes;
  }

  /**
   * Adds a row; the class with the highest score, the first among equals, is what was predicted.
   *
   * @param label its class, 0 to K - 1
   * @param weight finite and at least 0
   * @param scores the first K are its scores, left as they are; minus infinity stands for a class
   *     that cannot be, plus infinity for one of two that is certain
   * @throws IllegalArgumentException if label or weight are not as said
   */
  public void add(int label, double weight, double[] scores) {
    checkScores(scores);
    add(label, largest(scores), weight, scores);
  }

  /**
   * Adds a row with the class that was predicted for it by whatever rule.
   *
   * @param label its class, 0 to K - 1
   * @param predicted the predicted class, 0 to K - 1
   * @param weight finite and at least 0
   * @param scores the first K are its scores, left as they are
   * @throws IllegalArgumentException if a class or the weight are not as said
   */
  public void add(int label, int predicted, double weight, double[] scores) {
    checkScores(scores);
    if (label < 0 || label >= classes || predicted < 0 || predicted >= classes) {
      throw new IllegalArgumentException(
          "classes must lie in 0 to "
              + (classes - 1)
              + ", found "
              + label
              + " predicted as "
              + predicted);
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of a row must be finite and at least 0, found " + weight);
    }
    if (!isScored(scores)) {
      unscored++;
    } else if (weight > 0 && scores[label] == Double.NEGATIVE_INFINITY) {
      impossible++;
    } else {
      rows++;
      if (weight > 0) {
        addScored(label, predicted, weight, scores);
      }
    }
  }

  /** Of two classes one may be certain, and has the score plus infinity. */
  private boolean isScored(double[] scores) {
    boolean isCertain = classes == 2 && Double.isInfinite(scores[0]) && scores[0] == -scores[1];
    return isCertain || SoftmaxCrossFit.isScored(scores, 0, classes);
  }

  private void checkScores(double[] scores) {
    if (scores.length < classes) {
      throw new IllegalArgumentException(
          "a row must have a score for each of " + classes + " classes, found " + scores.length);
    }
  }

  private void addScored(int label, int predicted, double weight, double[] scores) {
    boolean isCertain = classes == 2 && Double.isInfinite(scores[1] - scores[0]);
    double loss = isCertain ? 0 : Softmax.loss(scores, classes, label);
    double squared = weight * weight;
    add(Sum.WEIGHT, weight);
    add(Sum.SQUARED_WEIGHT, squared);
    add(Sum.LOSS, weight * loss);
    add(Sum.BRIER, weight * brier(label, scores));
    add(Sum.SQUARED_WEIGHT_LOSS, squared * loss);
    add(Sum.SQUARED_WEIGHT_SQUARED_LOSS, squared * loss * loss);
    confusion.add(label, predicted, weight);
    if (classes == 2) {
      rankings[0].add(scores[1] - scores[0], label, weight);
      return;
    }
    int top = largest(scores);
    double topLogit = topLogit(top, scores);
    confidence.add(topLogit, label == top ? 1 : 0, weight);
    double logSum = rankings.length > 0 ? Softmax.logSum(scores, classes) : 0;
    for (int k = 0; k < rankings.length; k++) {
      double logit = topLogit;
      if (k != top) {
        double logShare = scores[k] - logSum;
        logit = logShare - Math.log1p(-Math.exp(logShare));
      }
      rankings[k].add(logit, label == k ? 1 : 0, weight);
    }
  }

  private void add(Sum sum, double term) {
    sums[sum.ordinal()].add(term);
  }

  private double value(Sum sum) {
    return sums[sum.ordinal()].value();
  }

  /** Squared error of P(1) for two classes; for more, of all K probabilities together. */
  private double brier(int label, double[] scores) {
    if (classes == 2) {
      double other = LogLoss.probability(scores[1 - label] - scores[label]);
      return other * other;
    }
    System.arraycopy(scores, 0, block, 0, classes);
    Softmax.inPlace(block, classes);
    block[label] -= 1;
    double sum = 0;
    for (double error : block) {
      sum += error * error;
    }
    return sum;
  }

  /** ln p / (1 - p) of the class with the highest score: never lost to rounding 1 - p. */
  private double topLogit(int top, double[] scores) {
    double second = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      second = k == top ? second : Math.max(second, scores[k]);
    }
    if (second == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += k == top ? 0 : Math.exp(scores[k] - second);
    }
    return scores[top] - second - Math.log(sum);
  }

  private int largest(double[] scores) {
    int top = 0;
    for (int k = 1; k < classes; k++) {
      top = scores[k] > scores[top] ? k : top;
    }
    return top;
  }

  /**
   * Adds the rows of another evaluation, which stays as it is.
   *
   * @throws IllegalArgumentException if its number of classes differs
   */
  public void merge(PredictionEvaluation other) {
    if (classes != other.classes) {
      throw new IllegalArgumentException(
          "evaluations merge only when their classes agree: "
              + classes
              + " and "
              + other.classes
              + " classes");
    }
    rows += other.rows;
    unscored += other.unscored;
    impossible += other.impossible;
    for (int i = 0; i < sums.length; i++) {
      sums[i].merge(other.sums[i]);
    }
    confusion.merge(other.confusion);
    for (int i = 0; i < rankings.length; i++) {
      rankings[i].merge(other.rankings[i]);
    }
    confidence.merge(other.confidence);
  }

  /** What has been found so far. */
  public Evaluation result() {
    double weight = value(Sum.WEIGHT);
    double squares = value(Sum.SQUARED_WEIGHT);
    double loss = value(Sum.LOSS) / weight;
    // Sum of w^2 (l - mean)^2: the variance of a weighted mean of independent rows.
    double spread =
        value(Sum.SQUARED_WEIGHT_SQUARED_LOSS)
            - 2 * loss * value(Sum.SQUARED_WEIGHT_LOSS)
            + loss * loss * squares;
    List<ScoreGroups> groups = new ArrayList<>();
    for (ScoreSummary ranking : rankings) {
      groups.add(ranking.groups());
    }
    return new Evaluation(
        rows,
        unscored,
        impossible,
        weight,
        weight > 0 ? weight / squares * weight : 0,
        loss,
        Math.sqrt(Math.max(0, spread)) / weight,
        value(Sum.BRIER) / weight,
        confusion.matrix(),
        groups,
        classes == 2 ? groups.get(0) : confidence.groups());
  }

  /** The state as longs: equal rows give equal states. Read by {@link #of}. */
  public long[] toLongs() {
    LongBuilder state = new LongBuilder();
    state.add(KIND).add(classes).add(rows).add(unscored).add(impossible);
    for (ExactSum sum : sums) {
      state.addBlock(sum.toLongs());
    }
    state.addBlock(confusion.toLongs());
    for (ScoreSummary ranking : rankings) {
      state.addBlock(ranking.toLongs());
    }
    return state.addBlock(confidence.toLongs()).toLongs();
  }

  /**
   * The evaluation with this state.
   *
   * @param state from {@link #toLongs}
   * @throws IllegalArgumentException if it is none
   */
  public static PredictionEvaluation of(long[] state) {
    LongCursor cursor = new LongCursor("an evaluation", state);
    if (cursor.next() != KIND) {
      throw cursor.broken();
    }
    int classes = cursor.next(1, Integer.MAX_VALUE);
    long[] counts = {cursor.next(), cursor.next(), cursor.next()};
    ExactSum[] sums = new ExactSum[Sum.values().length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = ExactSum.of(cursor.nextBlock());
    }
    PredictionEvaluation evaluation =
        new PredictionEvaluation(classes, ConfusionCounts.of(classes, cursor.nextBlock()));
    evaluation.rows = counts[0];
    evaluation.unscored = counts[1];
    evaluation.impossible = counts[2];
    System.arraycopy(sums, 0, evaluation.sums, 0, sums.length);
    for (int i = 0; i < evaluation.rankings.length; i++) {
      evaluation.rankings[i].merge(ScoreSummary.of(cursor.nextBlock()));
    }
    evaluation.confidence.merge(ScoreSummary.of(cursor.nextBlock()));
    if (cursor.hasNext()) {
      throw cursor.broken();
    }
    return evaluation;
  }
}
