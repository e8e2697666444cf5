// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lemma.math.Chance;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedFormErrorsTest {
  /** Formula 1.10 (a) of two classes, written out by itself. */
  @Test
  void twoClassesByTheirOwnFormula() {
    int n = 90;
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i % 3 == 0 ? 1 : 0);
    ClassMoments moments = TwoPassMoments.of(TwoPassMoments.gaussians(n, 2, 2, 30), labels, 2);
    CoefficientErrors errors = ClosedFormErrors.of(moments, WeightSemantics.FREQUENCY).logit(1, 0);
    LinearModel model = ClosedForm.POOLED.fit(moments).model();
    double[] beta = model.logitSlope(1, 0);
    double[] delta = moments.meanDifference(1, 0);
    double a = moments.pooledScatter().get(0, 0) / n;
    double b = moments.pooledScatter().get(0, 1) / n;
    double c = moments.pooledScatter().get(1, 1) / n;
    double[][] inverse = {
      {c / (a * c - b * b), -b / (a * c - b * b)}, {-b / (a * c - b * b), a / (a * c - b * b)}
    };
    double p = 1.0 / 3;
    double distance = beta[0] * delta[0] + beta[1] * delta[1];
    double[][] v = new double[2][2];
    double[] middle = new double[2];
    for (int i = 0; i < 2; i++) {
      middle[i] = (moments.mean(0)[i] + moments.mean(1)[i]) / 2;
      for (int j = 0; j < 2; j++) {
        v[i][j] = ((1 / (p * (1 - p)) + distance) * inverse[i][j] + beta[i] * beta[j]) / n;
      }
    }
    double intercept = (1 + distance / 4) / (n * p * (1 - p));
    double size = 1 / (n * p) - 1 / (n * (1 - p));
    for (int i = 0; i < 2; i++) {
      intercept += 2 * middle[i] * size * beta[i] / 2;
      for (int j = 0; j < 2; j++) {
        intercept += middle[i] * v[i][j] * middle[j];
      }
      assertThat(errors.slopes().get(i).value()).isCloseTo(beta[i], within(1e-12));
      assertThat(errors.slopes().get(i).error()).isCloseTo(Math.sqrt(v[i][i]), within(1e-12));
    }
    assertThat(errors.intercept().value()).isCloseTo(model.logitIntercept(1, 0), within(1e-12));
    assertThat(errors.intercept().error()).isCloseTo(Math.sqrt(intercept), within(1e-12));
    // The score in the gauge is half the logit.
    CoefficientErrors score = ClosedFormErrors.of(moments, WeightSemantics.FREQUENCY).score(1);
    assertThat(score.slopes().get(1).error())
        .isCloseTo(errors.slopes().get(1).error() / 2, within(1e-13));
    assertThat(score.intercept().value()).isCloseTo(model.intercept(1), within(1e-12));
  }

  /** One class against the mean of all, by sums over all of them and by its numbers written out. */
  @ParameterizedTest
  @CsvSource({"2, 5", "7, 4"})
  void theGaugeIsAContrast(int features, int classes) {
    int n = 120;
    int[] labels = new int[n];
    // Class 1 is absent, and the others are of unequal size.
    Arrays.setAll(labels, i -> i % 7 % classes == 0 ? 0 : i % 7 % classes + 1);
    ClassMoments moments =
        TwoPassMoments.of(
            TwoPassMoments.gaussians(n, features, classes + 1, 31), labels, classes + 1);
    ClosedFormErrors errors = ClosedFormErrors.of(moments, WeightSemantics.FREQUENCY);
    for (int k = 0; k <= classes; k++) {
      if (k == 1) {
        continue;
      }
      double[] contrast = new double[classes + 1];
      Arrays.setAll(contrast, l -> l == 1 ? 0 : -1.0 / classes);
      contrast[k] += 1;
      CoefficientErrors expected = errors.contrast(contrast);
      CoefficientErrors found = errors.score(k);
      assertSame(found.intercept(), expected.intercept());
      for (int i = 0; i < features; i++) {
        assertSame(found.slopes().get(i), expected.slopes().get(i));
      }
    }
    assertThatThrownBy(() -> errors.score(1)).hasMessageContaining("class 1");
  }

  private static void assertSame(Estimate found, Estimate expected) {
    assertThat(found.value()).isCloseTo(expected.value(), within(1e-12));
    assertThat(found.error()).isCloseTo(expected.error(), withinPercentage(1e-9));
  }

  /**
   * Three Gaussian classes with equal covariance, fitted again and again: the variance of each
   * coefficient over the runs against the mean of the squared standard errors. Were both equal, the
   * ratio times the degrees of freedom would be chi-square; {@link Chance#FALSE_ALARM} for each of
   * the six ratios, after 8% for what the first order leaves out (n = 400).
   */
  @Test
  void theSpreadOverManySamplesIsTheStandardError() {
    int runs = 400;
    int n = 400;
    Spread spread = simulate(runs, n);
    ChiSquaredDistribution law = ChiSquaredDistribution.of(runs - 1);
    double low = law.inverseCumulativeProbability(Chance.FALSE_ALARM / 2) / (runs - 1);
    double high = law.inverseSurvivalProbability(Chance.FALSE_ALARM / 2) / (runs - 1);
    for (int i = 0; i < spread.ratios.length; i++) {
      assertThat(spread.ratios[i]).as("coefficient " + i).isBetween(low / 1.08, high * 1.08);
    }
    // The test has power: without the part of the covariance, its ratio would leave the band.
    assertThat(spread.ratioWithoutMeans).isGreaterThan(high * 1.08);
  }

  private record Spread(double[] ratios, double ratioWithoutMeans) {}

  /** Logit of class 2 against 0, score of class 1: each constant and two slopes. */
  private static Spread simulate(int runs, int n) {
    StreamKey key = StreamKey.of(31, "test/closed-form-errors");
    long[] words = new long[4];
    double[] four = new double[4];
    double[] sums = new double[6];
    double[] squares = new double[6];
    double[] variances = new double[6];
    double onlyDistance = 0;
    double[][] rows = new double[n][2];
    int[] labels = new int[n];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < n; i++) {
        key.block(i, run, 0, 0, words);
        Variates.gaussians(words, four, 0);
        double u = Variates.uniform(words[3] * 0x9E3779B97F4A7C15L);
        labels[i] = u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
        rows[i][0] = four[0] + labels[i] + 1;
        rows[i][1] = 0.5 * four[0] + four[1] - (labels[i] == 1 ? 1.5 : 0);
      }
      ClosedFormErrors errors =
          ClosedFormErrors.of(TwoPassMoments.of(rows, labels, 3), WeightSemantics.IMPORTANCE);
      CoefficientErrors[] both = {errors.logit(2, 0), errors.score(1)};
      for (int c = 0; c < 2; c++) {
        Estimate[] estimates = {
          both[c].intercept(), both[c].slopes().get(0), both[c].slopes().get(1)
        };
        for (int i = 0; i < 3; i++) {
          sums[3 * c + i] += estimates[i].value();
          squares[3 * c + i] += estimates[i].value() * estimates[i].value();
          variances[3 * c + i] += estimates[i].error() * estimates[i].error();
        }
      }
      double slope = both[0].slopes().get(0).value();
      onlyDistance += slope * slope / n;
    }
    double[] ratios = new double[6];
    double spreadOfSlope = 0;
    for (int i = 0; i < 6; i++) {
      double spread = (squares[i] - sums[i] * sums[i] / runs) / (runs - 1);
      ratios[i] = spread / (variances[i] / runs);
      spreadOfSlope = i == 1 ? spread : spreadOfSlope;
    }
    return new Spread(ratios, spreadOfSlope / (onlyDistance / runs));
  }

  @Test
  void leftOutFeaturesHaveNoError() {
    int n = 80;
    double[][] plain = TwoPassMoments.gaussians(n, 2, 2, 32);
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = new double[] {4, plain[i][0], plain[i][1], 2 * plain[i][0]};
    }
    int[] labels = TwoPassMoments.turns(n, 2);
    CoefficientErrors expected =
        ClosedFormErrors.of(TwoPassMoments.of(plain, labels, 2), WeightSemantics.IMPORTANCE)
            .logit(1, 0);
    ClosedFormErrors errors =
        ClosedFormErrors.of(TwoPassMoments.of(rows, labels, 2), WeightSemantics.IMPORTANCE);
    CoefficientErrors found = errors.logit(1, 0);
    assertThat(errors.columns()).containsExactly(1, 2);
    assertThat(errors.diagnosis().columns(ColumnFault.DEPENDENT)).containsExactly(3);
    assertThat(found.slopes().get(0).error()).isNaN();
    assertThat(found.slopes().get(3)).isEqualTo(new Estimate(0, Double.NaN));
    assertThat(found.slopes().get(3).p()).isNaN();
    assertThat(found.slopes().get(3).interval(0.95).lower()).isNaN();
    assertThat(found.slopes().get(1).error())
        .isCloseTo(expected.slopes().get(0).error(), within(1e-12));
    assertThat(found.intercept().error()).isCloseTo(expected.intercept().error(), within(1e-12));
  }

  @Test
  void weightsOfImportanceAreWorthFewerRows() {
    int n = 100;
    double[][] rows = TwoPassMoments.gaussians(n, 2, 2, 33);
    double[] weights = new double[n];
    Arrays.fill(weights, 5);
    ClassMoments moments =
        TwoPassMoments.of(rows, TwoPassMoments.turns(n, 2), weights, 2, ScatterLayout.POOLED);
    double importance =
        ClosedFormErrors.of(moments, WeightSemantics.IMPORTANCE)
            .logit(1, 0)
            .slopes()
            .get(0)
            .error();
    double frequency =
        ClosedFormErrors.of(moments, WeightSemantics.FREQUENCY).logit(1, 0).slopes().get(0).error();
    assertThat(importance / frequency).isCloseTo(Math.sqrt(5), within(1e-12));
  }

  @Test
  void refusesWhatIsNoContrast() {
    ClassMoments moments =
        TwoPassMoments.of(TwoPassMoments.gaussians(30, 2, 2, 34), TwoPassMoments.turns(30, 2), 3);
    ClosedFormErrors errors = ClosedFormErrors.of(moments, WeightSemantics.IMPORTANCE);
    assertThatThrownBy(() -> errors.contrast(new double[] {1, 1, 0}))
        .hasMessage("a contrast must add up to 0, found 2.0");
    assertThatThrownBy(() -> errors.logit(2, 0)).hasMessage("class 2 of a contrast has no weight");
    assertThatThrownBy(() -> errors.contrast(new double[2]))
        .hasMessage("a contrast has a number for each of 3 classes, found 2");
  }

  /** P(|Z| > 1.959963984540054) = 0.05; ln P(|Z| > 40) = -803.915... by its asymptotic series. */
  @Test
  void waldTestsKeepTheirDigitsFarOut() {
    Estimate estimate = new Estimate(2 * 1.959963984540054, 2);
    assertThat(estimate.p()).isCloseTo(0.05, within(1e-14));
    assertThat(Estimate.quantile(0.95)).isCloseTo(1.959963984540054, within(1e-12));
    assertThat(estimate.interval(0.95).lower()).isCloseTo(0, within(1e-11));
    double z = 40;
    double series = 1 - 1 / (z * z) + 3 / Math.pow(z, 4) - 15 / Math.pow(z, 6);
    double expected = Math.log(2 * series / z / Math.sqrt(2 * Math.PI)) - z * z / 2;
    assertThat(new Estimate(-z, 1).logP()).isCloseTo(expected, within(1e-9));
    assertThat(new Estimate(0, 1).p()).isCloseTo(1, within(1e-15));
    assertThat(new Estimate(1, 0).p()).isZero();
    assertThatThrownBy(() -> new Estimate(1, -1))
        .hasMessage("a standard error must be at least 0, found -1.0");
  }
}
