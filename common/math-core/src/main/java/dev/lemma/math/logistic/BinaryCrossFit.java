// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.random.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cross-fitted scores of two classes: a summary of the logit for each candidate and fold, C F times
 * at most 0.2 MB with unit weights.
 */
public final class BinaryCrossFit implements CrossFittedScores {
  static final long KIND = 2;

  private final CrossFitShape shape;
  // Candidate by candidate, the folds of each together.
  private final ScoreSummary[] summaries;

  /**
   * No rows yet.
   *
   * @param shape of two classes
   */
  BinaryCrossFit(CrossFitShape shape) {
    this.shape = shape;
    summaries = new ScoreSummary[shape.candidates() * shape.folds()];
    for (int i = 0; i < summaries.length; i++) {
      summaries[i] = new ScoreSummary();
    }
  }

  static BinaryCrossFit of(long[] state) {
    LongCursor cursor = new LongCursor("cross-fitted scores", state);
    if (cursor.next() != KIND) {
      throw cursor.broken();
    }
    int candidates = cursor.next(1, Integer.MAX_VALUE);
    int folds = cursor.next(1, Integer.MAX_VALUE);
    if ((long) candidates * folds > state.length) {
      throw cursor.broken();
    }
    BinaryCrossFit scores = new BinaryCrossFit(new CrossFitShape(candidates, folds, 2));
    for (int i = 0; i < scores.summaries.length; i++) {
      scores.summaries[i] = ScoreSummary.of(cursor.nextBlock());
    }
    return scores;
  }

  @Override
  public long[] toLongs() {
    LongBuilder state = new LongBuilder();
    state.add(KIND).add(shape.candidates()).add(shape.folds());
    for (ScoreSummary summary : summaries) {
      state.addBlock(summary.toLongs());
    }
    return state.toLongs();
  }

  @Override
  public CrossFitShape shape() {
    return shape;
  }

  @Override
  public void add(RowKey key, int fold, int label, double weight, double[] scores) {
    shape.checkRow(fold, label, weight, scores);
    for (int c = 0; weight > 0 && c < shape.candidates(); c++) {
      summaries[c * shape.folds() + fold].add(scores[2 * c + 1] - scores[2 * c], label, weight);
    }
  }

  /**
   * Adds the logits of some rows by one candidate, whose summary so stays in the cache.
   *
   * @param products logits less the constant, the candidate's of row i at products[candidate + i
   *     stride]
   * @param constant what they lack
   * @param count number of rows, of positive weight
   */
  void add(
      int candidate,
      int fold,
      int[] labels,
      double[] weights,
      double[] products,
      int stride,
      double constant,
      int count) {
    ScoreSummary summary = summaries[candidate * shape.folds() + fold];
    for (int i = 0; i < count; i++) {
      summary.add(products[candidate + i * stride] + constant, labels[i], weights[i]);
    }
  }

  @Override
  public void merge(CrossFittedScores other) {
    shape.requireEqual(other.shape());
    BinaryCrossFit that = (BinaryCrossFit) other;
    for (int i = 0; i < summaries.length; i++) {
      summaries[i].merge(that.summaries[i]);
    }
  }

  /**
   * The cross-fitted logits of one candidate in all folds, as they are before calibration: what its
   * AUC, thresholds and reliability are to be read from.
   */
  public ScoreGroups groups(int candidate) {
    ScoreSummary all = new ScoreSummary();
    for (int f = 0; f < shape.folds(); f++) {
      all.merge(summaries[candidate * shape.folds() + f]);
    }
    return all.groups();
  }

  @Override
  public List<CandidateAssessment> assess(WeightSemantics semantics) {
    // Candidates do not know each other, so threads leave no trace in the numbers.
    return IntStream.range(0, shape.candidates())
        .parallel()
        .mapToObj(c -> assess(c, semantics))
        .toList();
  }

  private CandidateAssessment assess(int candidate, WeightSemantics semantics) {
    List<ScoreGroups> folds = new ArrayList<>();
    long lost = 0;
    for (int f = 0; f < shape.folds(); f++) {
      ScoreSummary summary = summaries[candidate * shape.folds() + f];
      folds.add(summary.groups());
      lost += summary.unscored() + summary.impossible();
    }
    ScoreNodes all = ScoreNodes.of(folds);
    CalibrationFit fit = CalibrationFit.of(all, semantics, Calibration.identity(2));
    HeldOutGain gain = new HeldOutGain(shape.folds());
    for (int f = 0; f < shape.folds(); f++) {
      List<ScoreGroups> others = new ArrayList<>(folds);
      others.remove(f);
      CalibrationFit without =
          CalibrationFit.of(ScoreNodes.of(others), semantics, fit.calibration());
      double scale = without.calibration().scale();
      double offset = without.calibration().logitOffset();
      ScoreNodes own = ScoreNodes.of(folds.get(f));
      for (int i = 0; i < own.size(); i++) {
        double z = own.score(i);
        gain.add(
            f,
            own.weight(i),
            LogLoss.of(z, own.label(i)),
            LogLoss.of(scale * z + offset, own.label(i)));
      }
    }
    return gain.assessment(all.rows(semantics), fit, lost);
  }
}
