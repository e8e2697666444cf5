// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreCurvesTest {
  /** Absolute; some hundred terms of order 1, each with a few roundings. */
  private static final Offset<Double> ROUNDING = within(1e-13);

  private static ScoreGroups groups(double[] zeros, double[] ones) {
    ScoreSummary summary = new ScoreSummary();
    for (double score : zeros) {
      summary.add(score, 0, 1);
    }
    for (double score : ones) {
      summary.add(score, 1, 1);
    }
    return summary.groups();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "ties", "weighted", "rare", "separable", "constant", "reversed"})
  void agreesWithScikitLearn(String name) {
    Map<String, Double> golden = GoldenScores.metrics(name);
    ScoreGroups groups = GoldenScores.summary(name).groups();
    RankingCurve curve = RankingCurve.of(groups);
    assertThat(curve.auc()).isCloseTo(golden.get("auc"), ROUNDING);
    assertThat(curve.averagePrecision()).isCloseTo(golden.get("averagePrecision"), ROUNDING);
    assertThat(curve.ks()).isCloseTo(golden.get("ks"), ROUNDING);
    assertThat(curve.aucErrorBound()).isZero();
    assertThat(curve.averagePrecisionErrorBound()).isZero();
    assertThat(curve.ksErrorBound()).isZero();
    assertThat(groups.logLoss()).isCloseTo(golden.get("logLoss"), ROUNDING);
    assertThat(groups.logLoss())
        .isCloseTo(golden.getOrDefault("sklearnLogLoss", golden.get("logLoss")), within(1e-9));
    assertThat(groups.brier()).isCloseTo(golden.get("brier"), ROUNDING);
    assertThat(groups.effectiveRows()).isCloseTo(golden.get("effectiveRows"), within(1e-10));
    Threshold half = ThresholdTable.of(groups).at(0);
    assertThat(half.truePositives()).isCloseTo(golden.get("tp"), ROUNDING);
    assertThat(half.falsePositives()).isCloseTo(golden.get("fp"), ROUNDING);
    assertThat(half.falseNegatives()).isCloseTo(golden.get("fn"), ROUNDING);
    assertThat(half.trueNegatives()).isCloseTo(golden.get("tn"), ROUNDING);
    assertThat(half.precision()).isCloseTo(golden.get("precision"), ROUNDING);
    assertThat(half.recall()).isCloseTo(golden.get("recall"), ROUNDING);
    assertThat(half.f1()).isCloseTo(golden.get("f1"), ROUNDING);
    assertThat(half.accuracy()).isCloseTo(golden.get("accuracy"), ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "ties", "weighted", "rare", "separable", "constant", "reversed"})
  void calibrationAgreesWithScipy(String name) {
    Map<String, Double> golden = GoldenScores.metrics(name);
    CalibrationFit fit =
        CalibrationFit.of(List.of(GoldenScores.summary(name).groups()), WeightSemantics.IMPORTANCE);
    assertThat(fit.converged()).isTrue();
    // The minimum is flat: scipy's own point is good to about the root of its value's digits.
    assertThat(fit.objective()).isCloseTo(golden.get("objective"), within(1e-9));
    assertThat(fit.calibration().scale())
        .isCloseTo(golden.get("scale"), within(1e-5 * golden.get("scale")));
    assertThat(fit.calibration().logitOffset()).isCloseTo(golden.get("offset"), within(1e-5));
  }

  @Test
  void oneClassOnlyHasNoRanking() {
    RankingCurve curve = RankingCurve.of(groups(new double[0], new double[] {1, 2}));
    assertThat(curve.auc()).isNaN();
    assertThat(curve.averagePrecision()).isNaN();
    assertThat(curve.ks()).isNaN();
    assertThat(RankingCurve.of(new ScoreSummary().groups()).auc()).isNaN();
    assertThat(new ScoreSummary().groups().logLoss()).isNaN();
  }

  @Test
  void thresholdsFollowTheirDefinition() {
    ScoreGroups groups = groups(new double[] {-2, -1, 0, 1}, new double[] {0, 1, 3});
    ThresholdTable table = ThresholdTable.of(groups);
    assertThat(table.all())
        .containsExactly(
            new Threshold(Double.POSITIVE_INFINITY, 0, 0, 3, 4),
            new Threshold(3, 1, 0, 2, 4),
            new Threshold(1, 2, 1, 1, 3),
            new Threshold(0, 3, 2, 0, 2),
            new Threshold(-1, 3, 3, 0, 1),
            new Threshold(-2, 3, 4, 0, 0));
    assertThat(table.at(0.5).logit()).isEqualTo(1);
    assertThat(table.at(1).logit()).isEqualTo(1);
    assertThat(table.at(-7).logit()).isEqualTo(-2);
    assertThat(table.bestF1().logit()).isZero();
    assertThat(table.bestYouden().logit()).isZero();
    assertThat(table.cheapest(1, 1).logit()).isEqualTo(3);
    assertThat(table.cheapest(0, 1).logit()).isZero();
    assertThat(table.cheapest(1, 0).logit()).isInfinite();
    assertThat(table.cheapest(1, 10).cost(1, 10)).isEqualTo(2.0 / 7);
    assertThatThrownBy(() -> table.cheapest(-1, 0)).hasMessageStartingWith("costs must be");
    assertThat(table.spread(10)).isEqualTo(table.all());
    assertThat(table.spread(3)).hasSize(3).startsWith(table.all().get(0));
    assertThat(new Threshold(0, 0, 0, 0, 0).f1()).isZero();
  }

  @Test
  void reliabilityPutsPredictionsBesideFrequencies() {
    double half = 0;
    double high = Math.log(9);
    ScoreGroups groups = groups(new double[] {half, half, high}, new double[] {half, high, high});
    ReliabilityTable table = ReliabilityTable.ofEqualWeight(groups, 2);
    assertThat(table.parts()).hasSize(2);
    assertThat(table.parts().get(0).predicted()).isEqualTo(0.5);
    assertThat(table.parts().get(0).observed()).isEqualTo(1.0 / 3);
    assertThat(table.parts().get(0).effectiveRows()).isEqualTo(3);
    assertThat(table.parts().get(1).predicted()).isCloseTo(0.9, ROUNDING);
    assertThat(table.parts().get(1).observed()).isEqualTo(2.0 / 3);
    assertThat(table.calibrationError()).isCloseTo((0.5 - 1.0 / 3 + 0.9 - 2.0 / 3) / 2, ROUNDING);
    assertThat(ReliabilityTable.ofEqualWeight(groups, 1).parts())
        .singleElement()
        .satisfies(part -> assertThat(part.observed()).isEqualTo(0.5));
    assertThatThrownBy(() -> ReliabilityTable.ofEqualWeight(groups, 0))
        .hasMessage("a reliability table has at least 1 part, found 0");
  }

  @Test
  void theLossComesFromTheLogitSoItIsNeverClipped() {
    assertThat(LogLoss.of(-1000, 1)).isEqualTo(1000);
    assertThat(LogLoss.of(1000, 1)).isZero();
    assertThat(LogLoss.of(40, 1)).isCloseTo(Math.exp(-40), within(1e-30));
    assertThat(LogLoss.of(0, 0)).isEqualTo(Math.log(2));
    assertThat(LogLoss.of(Double.NEGATIVE_INFINITY, 1)).isInfinite();
    assertThat(LogLoss.of(Double.POSITIVE_INFINITY, 1)).isZero();
    assertThat(LogLoss.probability(-800)).isZero();
    assertThat(LogLoss.probability(-700)).isCloseTo(Math.exp(-700), within(1e-315));
    assertThat(LogLoss.probability(Double.POSITIVE_INFINITY)).isEqualTo(1);
    // Probabilities 0 and 1 become the logits of 2^-52 and 1 - 2^-52.
    assertThat(LogLoss.logit(0)).isCloseTo(-52 * Math.log(2), within(1e-12));
    assertThat(LogLoss.of(LogLoss.logit(0), 1)).isCloseTo(36.04, within(0.005));
    assertThat(LogLoss.logit(1)).isEqualTo(-LogLoss.logit(0));
    assertThat(LogLoss.logit(0.25)).isCloseTo(-Math.log(3), ROUNDING);
    assertThatThrownBy(() -> LogLoss.logit(1.5))
        .hasMessage("a probability must lie in [0, 1], found 1.5");
  }
}
