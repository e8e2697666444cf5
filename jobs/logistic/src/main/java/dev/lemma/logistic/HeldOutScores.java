// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.BinaryCrossFit;
import dev.lemma.math.logistic.CrossFittedScores;
import dev.lemma.math.logistic.Evaluation;
import dev.lemma.math.logistic.LadderResult;
import dev.lemma.math.logistic.ScoreGroups;
import dev.lemma.math.logistic.SoftmaxCrossFit;
import java.util.List;
import java.util.Optional;

/**
 * The calibrated scores of the chosen candidate on rows left out, as the second pass found them:
 * what ROC and reliability are read from. With more than two classes, those of a sample of rows.
 *
 * @param confidence logits of class 1 for two classes; for more, of the most probable class
 * @param rankings logits of class 1 for two classes; for more, of each class against the others
 */
record HeldOutScores(ScoreGroups confidence, List<ScoreGroups> rankings) {

  static Optional<HeldOutScores> of(FitOutcome outcome) {
    return outcome
        .ladder()
        .filter(result -> result.chosen() >= 0)
        .flatMap(result -> result.scores().map(scores -> of(result, scores)))
        .filter(found -> found.confidence.totalWeight() > 0);
  }

  private static HeldOutScores of(LadderResult result, CrossFittedScores scores) {
    if (scores instanceof BinaryCrossFit binary) {
      ScoreGroups groups = result.calibration().apply(binary.groups(result.chosen()));
      return new HeldOutScores(groups, List.of(groups));
    }
    Evaluation evaluation =
        ((SoftmaxCrossFit) scores).evaluate(result.chosen(), result.calibration()).result();
    return new HeldOutScores(evaluation.confidence(), evaluation.rankings());
  }
}
