// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LinearModelTest {
  private static final LinearModel MODEL =
      LinearModel.of(new double[] {1, 2, 6}, new double[] {1, 0, 2, 5, -3, 1});
  private static final double[] ROW = {0.5, -2};

  @Test
  void isInTheSumToZeroGauge() {
    assertThat(MODEL.intercepts()).containsExactly(-2, -1, 3);
    assertThat(MODEL.coefficients()).containsExactly(1, -2, 2, 3, -3, -1);
    assertThat(Arrays.stream(MODEL.intercepts()).sum()).isZero();
    LinearModel again = LinearModel.of(MODEL.intercepts(), MODEL.coefficients());
    assertThat(again).isEqualTo(MODEL).hasSameHashCodeAs(MODEL);
    assertThat(MODEL).hasToString("LinearModel[3 classes x 2 features]");
  }

  @Test
  void probabilitiesAreThoseOfTheNumbersGiven() {
    double[] p = new double[3];
    MODEL.probabilities(ROW, p);
    // 1 + 0.5, 2 + 1 - 10 and 6 - 1.5 - 2 before the gauge.
    double sum = Math.exp(1.5) + Math.exp(-7) + Math.exp(2.5);
    assertThat(p)
        .containsExactly(
            new double[] {Math.exp(1.5) / sum, Math.exp(-7) / sum, Math.exp(2.5) / sum},
            within(1e-15));
  }

  @Test
  void sparseRowsHaveTheScoresOfDenseOnes() {
    LinearModel wide =
        LinearModel.of(new double[] {0.1, 0.7}, new double[] {1.1, 2.3, 3.7, -0.1, 0.4, 0.9});
    double[] dense = new double[2];
    double[] sparse = new double[2];
    wide.scores(new double[] {0, 1.3, -2.1}, dense);
    wide.scores(new int[] {1, 2, 9}, new double[] {1.3, -2.1, 7}, 2, sparse);
    assertThat(sparse).containsExactly(dense);
  }

  @Test
  void binaryModelsHaveTheirLogit() {
    LinearModel model = LinearModel.binary(-3, new double[] {2, 4});
    assertThat(model.logitIntercept(1, 0)).isEqualTo(-3);
    assertThat(model.logitSlope(1, 0)).containsExactly(2, 4);
    assertThat(model.intercept(1)).isEqualTo(-1.5);
    assertThat(model.coefficient(0, 1)).isEqualTo(-2);
  }

  @Test
  void priorsMoveTheConstantsAlone() {
    LinearModel moved = MODEL.withPriors(new double[] {1, 1, 2}, new double[] {3, 1, 0});
    assertThat(moved.logitIntercept(0, 1)).isCloseTo(-1 + Math.log(3), within(1e-15));
    assertThat(moved.hasClass(2)).isFalse();
    assertThat(moved.logitSlope(0, 1)).containsExactly(MODEL.logitSlope(0, 1));
    assertThatThrownBy(() -> MODEL.withPriors(new double[] {1, 0, 1}, new double[] {1, 1, 1}))
        .hasMessage("class 1 of the model must have a positive share among its rows, found 0");
    assertThatThrownBy(() -> MODEL.withPriors(new double[] {1, -1, 1}, new double[] {1, 1, 1}))
        .hasMessage("the prior of class 1 must be finite and at least 0, found -1.0");
    assertThatThrownBy(() -> MODEL.withPriors(new double[3], new double[] {1, 1, 1}))
        .hasMessage("the priors of the classes are all 0");
  }

  @Test
  void rescalesScores() {
    double[] offsets = {0.5, 0, -0.5};
    LinearModel calibrated = MODEL.rescaled(0.5, offsets);
    double[] before = new double[3];
    double[] after = new double[3];
    MODEL.scores(ROW, before);
    calibrated.scores(ROW, after);
    for (int k = 0; k < 3; k++) {
      assertThat(after[k]).isCloseTo(before[k] / 2 + offsets[k], within(1e-15));
    }
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatThrownBy(() -> LinearModel.of(new double[] {1, 2}, new double[3]))
        .hasMessage("coefficients must be as many for each of the 2 classes, found 3");
    assertThatThrownBy(() -> LinearModel.of(new double[] {1, Double.NaN}, new double[2]))
        .hasMessage(
            "the intercept of class 1 must be finite, or minus infinity for an absent class,"
                + " found NaN");
    assertThatThrownBy(() -> LinearModel.of(new double[] {Double.NEGATIVE_INFINITY}, new double[1]))
        .hasMessage("a model must have a class that is not absent");
    assertThatThrownBy(
            () -> LinearModel.of(new double[2], new double[] {0, 0, 0, Double.POSITIVE_INFINITY}))
        .hasMessage("the coefficient of class 1 and feature 1 must be finite, found Infinity");
    assertThatThrownBy(() -> MODEL.scores(new double[3], new double[3]))
        .hasMessage("a row must have 2 features, found 3");
  }

  @Test
  void softmaxSurvivesScoresOfAnySize() {
    double[] scores = {1000, -1000, 999};
    assertThat(Softmax.logSum(scores, 3)).isCloseTo(1000 + Math.log1p(Math.exp(-1)), within(1e-12));
    assertThat(Softmax.loss(scores, 3, 1))
        .isCloseTo(2000 + Math.log1p(Math.exp(-1)), within(1e-12));
    // A loss of 1e-20 is not lost to the 1 it is the logarithm of.
    assertThat(Softmax.loss(new double[] {0, -46}, 2, 0)).isCloseTo(Math.exp(-46), within(1e-33));
    assertThat(Softmax.loss(new double[] {0, Double.NEGATIVE_INFINITY}, 2, 1)).isInfinite();
    Softmax.inPlace(scores, 3);
    assertThat(scores[1]).isZero();
    assertThat(scores[0]).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-15));
  }
}
