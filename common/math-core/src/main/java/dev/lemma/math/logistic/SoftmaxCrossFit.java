// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.ExactSum;
import dev.lemma.math.random.BottomSample;
import dev.lemma.math.random.RowKey;
import dev.lemma.math.random.RowSampling;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cross-fitted scores of any number of classes: exact sums of the loss over all rows for each
 * candidate and fold, and the scores of a sample of rows, those with the lowest priorities of their
 * keys.
 *
 * <p>Calibrations are fitted on the sample. The calibrated loss of a fold is its exact loss less
 * the mean gain in its sampled rows, which is exact while the sample holds all rows.
 *
 * <p>8 C K bytes for each sampled row, and 1.1 kB for each candidate and fold.
 */
public final class SoftmaxCrossFit implements CrossFittedScores {
  static final long KIND = 3;

  private static final String PURPOSE = "calibration";

  private final CrossFitShape shape;
  private final int sampledRows;
  private final long seed;
  private final BottomSample<SampledRow> sample;
  // Candidate by candidate, the folds of each together.
  private final ExactSum[] weights;
  private final ExactSum[] losses;
  private final long[] lost;
  private final double[] block;

  /**
   * No rows yet.
   *
   * @param shape candidates, folds and classes
   * @param sampledRows the most rows whose scores are kept, at least 1
   * @param seed chooses them
   */
  SoftmaxCrossFit(CrossFitShape shape, int sampledRows, long seed) {
    this.shape = shape;
    this.sampledRows = sampledRows;
    this.seed = seed;
    sample = new BottomSample<>(RowSampling.of(PURPOSE, seed), sampledRows);
    int cells = shape.candidates() * shape.folds();
    weights = new ExactSum[cells];
    losses = new ExactSum[cells];
    lost = new long[shape.candidates()];
    for (int i = 0; i < cells; i++) {
      weights[i] = new ExactSum();
      losses[i] = new ExactSum();
    }
    block = new double[shape.classes()];
  }

  /** Whether K scores are finite or minus infinity, and not all of them the latter. */
  static boolean isScored(double[] scores, int from, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      double score = scores[from + k];
      // The negation also catches NaN.
      if (!(score < Double.POSITIVE_INFINITY)) {
        return false;
      }
      largest = Math.max(largest, score);
    }
    return largest > Double.NEGATIVE_INFINITY;
  }

  @Override
  public CrossFitShape shape() {
    return shape;
  }

  @Override
  public void add(RowKey key, int fold, int label, double weight, double[] scores) {
    shape.checkRow(fold, label, weight, scores);
    if (weight == 0) {
      return;
    }
    int classes = shape.classes();
    for (int c = 0; c < shape.candidates(); c++) {
      int from = c * classes;
      if (!isScored(scores, from, classes) || scores[from + label] == Double.NEGATIVE_INFINITY) {
        lost[c]++;
        continue;
      }
      System.arraycopy(scores, from, block, 0, classes);
      int cell = c * shape.folds() + fold;
      weights[cell].add(weight);
      losses[cell].add(weight * Softmax.loss(block, classes, label));
    }
    if (sample.wants(key)) {
      double[] kept = Arrays.copyOf(scores, shape.candidates() * classes);
      sample.offer(key, new SampledRow(fold, label, weight, kept));
    }
  }

  @Override
  public void merge(CrossFittedScores other) {
    shape.requireEqual(other.shape());
    SoftmaxCrossFit that = (SoftmaxCrossFit) other;
    sample.merge(that.sample);
    for (int i = 0; i < weights.length; i++) {
      weights[i].merge(that.weights[i]);
      losses[i].merge(that.losses[i]);
    }
    for (int c = 0; c < lost.length; c++) {
      lost[c] += that.lost[c];
    }
  }

  @Override
  public List<CandidateAssessment> assess(WeightSemantics semantics) {
    List<SampledRow> rows = sample.rows().stream().map(BottomSample.Taken::row).toList();
    // Candidates do not know each other, so threads leave no trace in the numbers.
    return IntStream.range(0, shape.candidates())
        .parallel()
        .mapToObj(c -> assess(c, rows, semantics))
        .toList();
  }

  private CandidateAssessment assess(
      int candidate, List<SampledRow> sampled, WeightSemantics semantics) {
    int classes = shape.classes();
    List<SampledRow> rows =
        sampled.stream().filter(row -> row.isScored(candidate, classes)).toList();
    CalibrationFit fit = fit(candidate, rows, semantics, Calibration.identity(classes));
    HeldOutGain gain = new HeldOutGain(shape.folds());
    double[] own = new double[classes];
    for (int f = 0; f < shape.folds(); f++) {
      int fold = f;
      List<SampledRow> others = rows.stream().filter(row -> row.fold() != fold).toList();
      if (others.size() == rows.size()) {
        continue;
      }
      CalibrationFit without = fit(candidate, others, semantics, fit.calibration());
      for (SampledRow row : rows) {
        if (row.fold() == f) {
          System.arraycopy(row.scores(), candidate * classes, own, 0, classes);
          double loss = Softmax.loss(own, classes, row.label());
          without.calibration().applyInPlace(own);
          gain.add(f, row.weight(), loss, Softmax.loss(own, classes, row.label()));
        }
      }
    }
    return assessment(candidate, gain, effectiveRows(rows, semantics), fit);
  }

  private CandidateAssessment assessment(
      int candidate, HeldOutGain gain, double rows, CalibrationFit fit) {
    int folds = shape.folds();
    double[] foldWeights = new double[folds];
    double[] before = new double[folds];
    double[] after = new double[folds];
    for (int f = 0; f < folds; f++) {
      int cell = candidate * folds + f;
      foldWeights[f] = weights[cell].value();
      before[f] = losses[cell].value() / foldWeights[f];
      after[f] = before[f] - gain.gain(f);
    }
    return new CandidateAssessment(
        foldWeights, before, after, gain.meanGain(), gain.error(rows), fit, lost[candidate]);
  }

  private CalibrationFit fit(
      int candidate, List<SampledRow> rows, WeightSemantics semantics, Calibration start) {
    return CalibrationFit.fit(
        new SoftmaxObjective(rows, candidate, shape.classes(), effectiveRows(rows, semantics)),
        start);
  }

  private static double effectiveRows(List<SampledRow> rows, WeightSemantics semantics) {
    double sum = 0;
    double squares = 0;
    for (SampledRow row : rows) {
      sum += row.weight();
      squares += row.weight() * row.weight();
    }
    return switch (semantics) {
      case IMPORTANCE -> squares > 0 ? sum / squares * sum : 0;
      case FREQUENCY -> sum;
    };
  }

  /**
   * Evaluates one candidate on the sampled rows.
   *
   * @param calibration what its scores are changed by first
   */
  public PredictionEvaluation evaluate(int candidate, Calibration calibration) {
    int classes = shape.classes();
    PredictionEvaluation evaluation = new PredictionEvaluation(classes);
    double[] scores = new double[classes];
    for (BottomSample.Taken<SampledRow> taken : sample.rows()) {
      SampledRow row = taken.row();
      System.arraycopy(row.scores(), candidate * classes, scores, 0, classes);
      calibration.applyInPlace(scores);
      evaluation.add(row.label(), row.weight(), scores);
    }
    return evaluation;
  }

  @Override
  public long[] toLongs() {
    LongBuilder state = new LongBuilder();
    state.add(KIND).add(shape.candidates()).add(shape.folds()).add(shape.classes());
    state.add(sampledRows).add(seed);
    for (int i = 0; i < weights.length; i++) {
      state.addBlock(weights[i].toLongs()).addBlock(losses[i].toLongs());
    }
    for (long count : lost) {
      state.add(count);
    }
    for (BottomSample.Taken<SampledRow> taken : sample.rows()) {
      SampledRow row = taken.row();
      state.add(taken.key().first()).add(taken.key().second());
      state.add(row.fold()).add(row.label()).addDouble(row.weight());
      for (double score : row.scores()) {
        state.addDouble(score);
      }
    }
    return state.toLongs();
  }

  static SoftmaxCrossFit of(long[] state) {
    LongCursor cursor = new LongCursor("cross-fitted scores", state);
    if (cursor.next() != KIND) {
      throw cursor.broken();
    }
    int most = Integer.MAX_VALUE;
    int candidates = cursor.next(1, most);
    int folds = cursor.next(1, most);
    CrossFitShape shape = new CrossFitShape(candidates, folds, cursor.next(1, most));
    if ((long) candidates * folds > state.length) {
      throw cursor.broken();
    }
    SoftmaxCrossFit scores = new SoftmaxCrossFit(shape, cursor.next(1, most), cursor.next());
    for (int i = 0; i < scores.weights.length; i++) {
      scores.weights[i].merge(ExactSum.of(cursor.nextBlock()));
      scores.losses[i].merge(ExactSum.of(cursor.nextBlock()));
    }
    for (int c = 0; c < candidates; c++) {
      scores.lost[c] = cursor.next();
    }
    while (cursor.hasNext()) {
      RowKey key = new RowKey(cursor.next(), cursor.next());
      int fold = cursor.next(0, folds - 1);
      int label = cursor.next(0, shape.classes() - 1);
      double weight = cursor.nextDouble();
      double[] row = new double[candidates * shape.classes()];
      for (int i = 0; i < row.length; i++) {
        row[i] = cursor.nextDouble();
      }
      scores.sample.offer(key, new SampledRow(fold, label, weight, row));
    }
    return scores;
  }
}
