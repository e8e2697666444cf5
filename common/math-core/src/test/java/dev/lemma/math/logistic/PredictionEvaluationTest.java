// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionEvaluationTest {
  private static PredictionEvaluation evaluation(String name) {
    List<GoldenScores.Row> rows = GoldenScores.rows(name);
    PredictionEvaluation evaluation =
        new PredictionEvaluation(Math.max(2, rows.get(0).scores().length));
    for (GoldenScores.Row row : rows) {
      double[] scores =
          row.scores().length == 1
              ? new double[] {-row.scores()[0] / 2, row.scores()[0] / 2}
              : row.scores();
      evaluation.add(row.label(), row.weight(), scores);
    }
    return evaluation;
  }

  @ParameterizedTest
  @ValueSource(strings = {"three", "four"})
  void manyClassesAgreeWithScikitLearn(String name) {
    Map<String, Double> golden = GoldenScores.metrics(name);
    Evaluation found = evaluation(name).result();
    assertThat(found.logLoss()).isCloseTo(golden.get("logLoss"), within(1e-13));
    assertThat(found.brier()).isCloseTo(golden.get("brier"), within(1e-13));
    assertThat(found.accuracy()).isCloseTo(golden.get("accuracy"), within(1e-13));
    assertThat(found.confusion().macroRecall()).isCloseTo(golden.get("macroRecall"), within(1e-13));
    assertThat(found.confusion().macroF1()).isCloseTo(golden.get("macroF1"), within(1e-13));
    assertThat(found.confusion().weightedF1()).isCloseTo(golden.get("weightedF1"), within(1e-13));
    assertThat(found.macroAuc()).isCloseTo(golden.get("macroAuc"), within(1e-13));
    assertThat(found.weightedAuc()).isCloseTo(golden.get("weightedAuc"), within(1e-13));
    assertThat(found.macroAveragePrecision())
        .isCloseTo(golden.get("macroAveragePrecision"), within(1e-13));
    assertThat(found.effectiveRows()).isCloseTo(golden.get("effectiveRows"), within(1e-10));
    for (int i = 0; i < found.classes(); i++) {
      assertThat(found.curves().get(i).auc()).isCloseTo(golden.get("auc" + i), within(1e-13));
      for (int j = 0; j < found.classes(); j++) {
        assertThat(found.confusion().cell(i, j))
            .isCloseTo(golden.get("confusion" + i + j), within(1e-12));
      }
    }
    // The confidence is right as often as the prediction.
    ScoreGroups confidence = found.confidence();
    assertThat(confidence.totalWeight(1) / confidence.totalWeight())
        .isCloseTo(found.accuracy(), within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "weighted", "rare", "separable", "reversed"})
  void twoClassesAgreeWithScikitLearn(String name) {
    Map<String, Double> golden = GoldenScores.metrics(name);
    Evaluation found = evaluation(name).result();
    assertThat(found.logLoss()).isCloseTo(golden.get("logLoss"), within(1e-13));
    assertThat(found.brier()).isCloseTo(golden.get("brier"), within(1e-13));
    assertThat(found.macroAuc()).isCloseTo(golden.get("auc"), within(1e-13));
    assertThat(found.macroAveragePrecision())
        .isCloseTo(golden.get("averagePrecision"), within(1e-13));
    assertThat(found.confidence().logLoss()).isCloseTo(found.logLoss(), within(1e-13));
  }

  @Test
  void theStandardErrorOfTheLossIsThatOfAWeightedMean() {
    List<GoldenScores.Row> rows = GoldenScores.rows("weighted");
    Evaluation found = evaluation("weighted").result();
    double sum = 0;
    for (GoldenScores.Row row : rows) {
      double away = row.weight() * (LogLoss.of(row.scores()[0], row.label()) - found.logLoss());
      sum += away * away;
    }
    assertThat(found.logLossError()).isCloseTo(Math.sqrt(sum) / found.weight(), within(1e-13));
  }

  @Test
  void theBaselinePredictsTheShares() {
    PredictionEvaluation evaluation = new PredictionEvaluation(3);
    for (int label : new int[] {0, 0, 0, 1}) {
      evaluation.add(label, 1, new double[3]);
    }
    Evaluation found = evaluation.result();
    double expected = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    assertThat(found.baselineLogLoss()).isCloseTo(expected, within(1e-14));
    assertThat(found.logLoss()).isCloseTo(Math.log(3), within(1e-14));
    // The class without rows has no ranking and no part in the means.
    assertThat(found.macroAuc()).isEqualTo(0.5);
    assertThat(found.confusion().macroRecall()).isEqualTo(0.5);
    assertThat(found.confusion().macroPrecision()).isEqualTo(0.375);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 300})
  void neitherOrderNorPartsLeaveATrace(int classes) {
    Random random = new Random(classes);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      rows.add(random.doubles(classes + 2, -3, 3).toArray());
    }
    long[] state = merged(rows, classes, 1).toLongs();
    for (int parts : new int[] {2, 7, 64}) {
      Collections.shuffle(rows, random);
      assertThat(merged(rows, classes, parts).toLongs()).isEqualTo(state);
    }
    Evaluation found = PredictionEvaluation.of(state).result();
    assertThat(found.rows()).isEqualTo(6000);
    assertThat(found.confusion().hasCells()).isEqualTo(classes < 300);
    assertThat(found.rankings()).hasSize(classes == 2 ? 1 : classes == 5 ? 5 : 0);
  }

  private static PredictionEvaluation merged(List<double[]> rows, int classes, int parts) {
    PredictionEvaluation merged = new PredictionEvaluation(classes);
    for (int part = 0; part < parts; part++) {
      PredictionEvaluation partial = new PredictionEvaluation(classes);
      for (int i = part; i < rows.size(); i += parts) {
        double[] row = rows.get(i);
        int label = (int) ((row[classes] + 3) / 6 * classes);
        partial.add(label, Math.exp(row[classes + 1]), row);
      }
      merged.merge(PredictionEvaluation.of(partial.toLongs()));
    }
    return merged;
  }

  /** Full cells and margins only are two ways to the same ratios. */
  @Test
  void manyClassesKeepWhatTheRatiosNeed() {
    int classes = ConfusionMatrix.MOST_CLASSES + 1;
    ConfusionCounts counts = new ConfusionCounts(classes);
    ConfusionCounts small = new ConfusionCounts(3);
    int[][] rows = {{0, 0}, {0, 1}, {1, 1}, {2, 1}, {2, 2}, {2, 2}};
    for (int[] row : rows) {
      counts.add(row[0], row[1], 2);
      small.add(row[0], row[1], 2);
    }
    ConfusionMatrix many = counts.matrix();
    ConfusionMatrix few = small.matrix();
    assertThat(many.hasCells()).isFalse();
    assertThat(many.accuracy()).isEqualTo(few.accuracy()).isEqualTo(4.0 / 6);
    assertThat(many.macroF1()).isEqualTo(few.macroF1());
    assertThat(many.precision(1)).isEqualTo(few.precision(1)).isEqualTo(1.0 / 3);
    assertThat(many.recall(2)).isEqualTo(few.recall(2)).isEqualTo(2.0 / 3);
    assertThat(few.cell(2, 1)).isEqualTo(2);
    assertThatThrownBy(() -> many.cell(0, 0))
        .hasMessage("the cells of a confusion matrix are kept up to 256 classes, found 257");
  }

  /** Far scores, whose probabilities round to 0 and 1, still rank and cost what they should. */
  @Test
  void farScoresLoseNothing() {
    PredictionEvaluation evaluation = new PredictionEvaluation(3);
    evaluation.add(0, 1, new double[] {2000, 0, -500});
    evaluation.add(1, 1, new double[] {1000, 0, -500});
    evaluation.add(2, 1, new double[] {0, 100, 900});
    Evaluation found = evaluation.result();
    assertThat(found.logLoss()).isCloseTo(1000.0 / 3, within(1e-12));
    assertThat(found.accuracy()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(found.macroAuc()).isCloseTo((1 + 0.5 + 1) / 3, within(1e-15));
    assertThat(found.impossible()).isZero();
    assertThat(found.confidence().mean(0, 0)).isNotEqualTo(0);
  }

  @Test
  void countsWhatCannotBeScored() {
    double infinite = Double.POSITIVE_INFINITY;
    PredictionEvaluation evaluation = new PredictionEvaluation(2);
    evaluation.add(0, 1, new double[] {Double.NaN, 0});
    evaluation.add(0, 1, new double[] {infinite, 0});
    evaluation.add(0, 1, new double[] {-infinite, -infinite});
    evaluation.add(0, 1, new double[] {-infinite, 0});
    evaluation.add(1, 1, new double[] {-infinite, 0});
    evaluation.add(1, 0, new double[] {5, 0});
    Evaluation found = evaluation.result();
    assertThat(found.unscored()).isEqualTo(3);
    assertThat(found.impossible()).isEqualTo(1);
    assertThat(found.rows()).isEqualTo(2);
    assertThat(found.weight()).isEqualTo(1);
    assertThat(found.logLoss()).isZero();
    assertThat(new PredictionEvaluation(2).result().logLoss()).isNaN();
    assertThat(new PredictionEvaluation(3).result().macroAuc()).isNaN();
  }

  /** As of a model that knows one of its two classes only. */
  @Test
  void aCertainClassIsScored() {
    double infinite = Double.POSITIVE_INFINITY;
    PredictionEvaluation evaluation = new PredictionEvaluation(2);
    evaluation.add(1, 2, new double[] {-infinite, infinite});
    evaluation.add(0, 1, new double[] {-infinite, infinite});
    Evaluation found = evaluation.result();
    assertThat(found.rows()).isEqualTo(1);
    assertThat(found.logLoss()).isZero();
    assertThat(found.brier()).isZero();
    assertThat(found.accuracy()).isEqualTo(1);
    assertThat(found.impossible()).isEqualTo(1);
    assertThat(found.unscored()).isZero();
  }

  /** Nor does a row without weight make the log-loss infinite. */
  @Test
  void aRowWithoutWeightIsNeverImpossible() {
    double infinite = Double.POSITIVE_INFINITY;
    PredictionEvaluation evaluation = new PredictionEvaluation(2);
    evaluation.add(0, 0, new double[] {-infinite, infinite});
    evaluation.add(1, 1, new double[] {0, 1});
    assertThat(evaluation.result().impossible()).isZero();
    assertThat(evaluation.result().rows()).isEqualTo(2);
  }

  @Test
  void oneClassIsAlwaysRight() {
    PredictionEvaluation evaluation = new PredictionEvaluation(1);
    evaluation.add(0, 2, new double[] {7});
    Evaluation found = evaluation.result();
    assertThat(found.logLoss()).isZero();
    assertThat(found.accuracy()).isEqualTo(1);
    assertThat(found.brier()).isZero();
    assertThat(found.baselineLogLoss()).isZero();
  }

  @Test
  void anotherRuleMayPredict() {
    PredictionEvaluation evaluation = new PredictionEvaluation(2);
    evaluation.add(1, 1, 1, new double[] {1, 0});
    assertThat(evaluation.result().accuracy()).isEqualTo(1);
    evaluation.add(1, 1, new double[] {0, 0});
    assertThat(evaluation.result().accuracy()).describedAs("first among equals").isEqualTo(0.5);
  }

  @Test
  void refusesWhatIsNoRowAndNoState() {
    PredictionEvaluation evaluation = new PredictionEvaluation(2);
    assertThatThrownBy(() -> evaluation.add(2, 1, new double[2]))
        .hasMessage("classes must lie in 0 to 1, found 2 predicted as 0");
    assertThatThrownBy(() -> evaluation.add(0, Double.NaN, new double[2]))
        .hasMessage("the weight of a row must be finite and at least 0, found NaN");
    assertThatThrownBy(() -> evaluation.add(0, 1, new double[1]))
        .hasMessage("a row must have a score for each of 2 classes, found 1");
    assertThatThrownBy(() -> evaluation.merge(new PredictionEvaluation(3)))
        .hasMessage("evaluations merge only when their classes agree: 2 and 3 classes");
    assertThatThrownBy(() -> PredictionEvaluation.of(new long[] {4, 2, 0, 0, 0}))
        .hasMessageStartingWith("not the state of an evaluation");
    assertThatThrownBy(() -> new PredictionEvaluation(0))
        .hasMessage("there is at least 1 class, found 0");
  }
}
