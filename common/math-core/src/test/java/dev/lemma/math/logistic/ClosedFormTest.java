// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Check values worked out by hand, and identities that hold for any rows. */
class ClosedFormTest {
  private static final double[][] SQUARES = {
    {0, 0}, {2, 0}, {0, 2}, {2, 2}, {3, 3}, {5, 3}, {3, 5}, {5, 5}
  };
  private static final int[] HALVES = {0, 0, 0, 0, 1, 1, 1, 1};

  private static ClassMoments squares(double weightOfOnes) {
    double[] weights = {1, 1, 1, 1, weightOfOnes, weightOfOnes, weightOfOnes, weightOfOnes};
    return TwoPassMoments.of(SQUARES, HALVES, weights, 2, ScatterLayout.POOLED);
  }

  private static void assertLogit(LinearModel model, double intercept, double... slope) {
    assertThat(model.logitIntercept(1, 0)).isCloseTo(intercept, within(1e-13));
    assertThat(model.logitSlope(1, 0)).containsExactly(slope, within(1e-13));
  }

  @Test
  void theArticlesFormulaOnTwoSquares() {
    ClosedFormFit fit = ClosedForm.POOLED.fit(squares(1));
    assertLogit(fit.model(), -15, 3, 3);
    // w0 = (1, 1), w1 = (4, 4) with constants ln 0.5 - 1 and ln 0.5 - 16, less their means.
    assertThat(fit.model().intercepts()).containsExactly(new double[] {7.5, -7.5}, within(1e-13));
    double[] p = new double[2];
    fit.model().probabilities(new double[] {2.6, 2.5}, p);
    assertThat(p[1]).isCloseTo(0.5744425168116591, within(1e-13));
    assertThat(fit.diagnosis().rank()).isEqualTo(2);
    assertThat(fit.diagnosis().condition()).isCloseTo(1, within(1e-14));
    assertLogit(
        ClosedForm.POOLED.with(Pooling.TOTAL).fit(squares(1)).model(),
        -30.0 / 11,
        6.0 / 11,
        6.0 / 11);
    LabelRegression regression = LabelRegression.of(squares(1));
    assertThat(regression.coefficients())
        .containsExactly(new double[] {-3 / 22.0, -3 / 22.0, 3 / 22.0, 3 / 22.0}, within(1e-14));
    assertThat(regression.intercepts()[1]).isCloseTo(-2 / 11.0, within(1e-14));
  }

  @Test
  void weightsCountAsRows() {
    assertLogit(ClosedForm.POOLED.fit(squares(2)).model(), -15 + Math.log(2), 3, 3);
    assertLogit(
        ClosedForm.POOLED.with(Pooling.TOTAL).fit(squares(2)).model(), -3 + Math.log(2), 0.6, 0.6);
  }

  /** Means -1 and 2, variance 1.5, a quarter of class 1. */
  @Test
  void oneFeature() {
    double s = Math.sqrt(1.5);
    double[][] rows = {{-1 - s}, {-1 + s}, {2 - s}, {2 + s}};
    double[] weights = {3, 3, 1, 1};
    LinearModel model =
        ClosedForm.POOLED
            .fit(
                TwoPassMoments.of(
                    rows, new int[] {0, 0, 1, 1}, weights, 2, ScatterLayout.PER_CLASS))
            .model();
    assertLogit(model, -1 - Math.log(3), 2);
  }

  @Test
  void threeClasses() {
    double[][] rows = new double[12][];
    int[] labels = new int[12];
    double[][] means = {{0, 0}, {4, 0}, {0, 4}};
    for (int i = 0; i < 12; i++) {
      labels[i] = i / 4;
      rows[i] =
          new double[] {
            means[i / 4][0] + (i % 2 == 0 ? 1 : -1), means[i / 4][1] + (i % 4 < 2 ? 1 : -1)
          };
    }
    double[] p = new double[3];
    ClosedForm.POOLED
        .fit(TwoPassMoments.of(rows, labels, 3))
        .model()
        .probabilities(new double[] {2, 0}, p);
    // The first two are equally far away; the third has the score -8 against theirs.
    double odds = Math.exp(-8);
    double even = 1 / (2 + odds);
    assertThat(even).isCloseTo(0.49991614840756, within(1e-14));
    assertThat(p).containsExactly(new double[] {even, even, odds * even}, within(1e-13));
  }

  /** With D^2 the Mahalanobis distance all logits shrink by 1 + p0 p1 D^2. */
  @Test
  void theTotalCovarianceShrinksTheLogits() {
    int n = 300;
    double[][] rows = TwoPassMoments.gaussians(n, 5, 2, 3);
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i % 6 == 1 ? 1 : i % 2 == 1 ? 1 : 0);
    ClassMoments moments = TwoPassMoments.of(rows, labels, 2);
    LinearModel pooled = ClosedForm.POOLED.fit(moments).model();
    LinearModel total = ClosedForm.POOLED.with(Pooling.TOTAL).fit(moments).model();
    double p1 = moments.weight(1) / n;
    double[] difference = moments.meanDifference(1, 0);
    double[] slope = pooled.logitSlope(1, 0);
    double distance = 0;
    for (int j = 0; j < 5; j++) {
      distance += slope[j] * difference[j];
    }
    double factor = 1 / (1 + p1 * (1 - p1) * distance);
    double odds = Math.log(p1 / (1 - p1));
    for (int j = 0; j < 5; j++) {
      double expected = factor * slope[j];
      assertThat(total.logitSlope(1, 0)[j]).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
    }
    double expected = odds + factor * (pooled.logitIntercept(1, 0) - odds);
    assertThat(total.logitIntercept(1, 0)).isCloseTo(expected, within(1e-10));
  }

  @Test
  void leastSquaresHoldTheClosedForm() {
    int n = 400;
    ClassMoments moments =
        TwoPassMoments.of(TwoPassMoments.gaussians(n, 7, 2, 5), TwoPassMoments.turns(n, 2), 2);
    LinearModel expected = ClosedForm.POOLED.fit(moments).model();
    LabelRegression regression = LabelRegression.of(moments);
    double[] slope = Arrays.copyOfRange(regression.coefficients(), 7, 14);
    LinearModel haggstrom =
        LabelRegression.logit(
                regression.intercepts()[1],
                slope,
                regression.residuals()[1],
                n,
                moments.weight(1) / n)
            .orElseThrow();
    assertClose(haggstrom, expected, 1e-10);
    assertClose(regression.toLogit(moments).orElseThrow(), expected, 1e-10);
  }

  @Test
  void leastSquaresOnManyLabelsHoldTheClosedForm() {
    int n = 600;
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i % 7 == 0 ? 4 : i % 4);
    ClassMoments moments = TwoPassMoments.of(TwoPassMoments.gaussians(n, 6, 4, 6), labels, 5);
    assertClose(
        LabelRegression.of(moments).toLogit(moments).orElseThrow(),
        ClosedForm.POOLED.fit(moments).model(),
        1e-10);
    // The regression itself, against its normal equations: residuals are orthogonal to rows.
    LabelRegression regression = LabelRegression.of(moments);
    double[][] rows = TwoPassMoments.gaussians(n, 6, 4, 6);
    double residualSquares = 0;
    double[] inner = new double[7];
    for (int i = 0; i < n; i++) {
      double fitted = regression.intercepts()[2];
      for (int j = 0; j < 6; j++) {
        fitted += regression.coefficients()[12 + j] * rows[i][j];
      }
      double residual = (labels[i] == 2 ? 1 : 0) - fitted;
      residualSquares += residual * residual;
      inner[6] += residual;
      for (int j = 0; j < 6; j++) {
        inner[j] += residual * rows[i][j];
      }
    }
    assertThat(inner).containsExactly(new double[7], within(1e-10));
    assertThat(regression.residuals()[2]).isCloseTo(residualSquares, within(1e-10));
  }

  private static void assertClose(LinearModel found, LinearModel expected, double tolerance) {
    double error = 0;
    double norm = 0;
    for (int k = 0; k < expected.classes(); k++) {
      norm += Math.pow(expected.intercept(k), 2);
      error += Math.pow(expected.intercept(k) - found.intercept(k), 2);
      for (int j = 0; j < expected.features(); j++) {
        norm += Math.pow(expected.coefficient(k, j), 2);
        error += Math.pow(expected.coefficient(k, j) - found.coefficient(k, j), 2);
      }
    }
    assertThat(Math.sqrt(error / norm)).isLessThan(tolerance);
  }

  /** x -> A x + c leaves every probability where it was, whatever covariance is pooled. */
  @ParameterizedTest
  @EnumSource(
      value = Pooling.class,
      names = {"WITHIN", "BALANCED", "TOTAL"})
  void affineMapsOfTheFeaturesChangeNoProbability(Pooling pooling) {
    int n = 200;
    double[][] rows = TwoPassMoments.gaussians(n, 3, 3, 8);
    int[] labels = TwoPassMoments.turns(n, 3);
    double[][] mapped = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] x = rows[i];
      mapped[i] =
          new double[] {
            100 * x[0] + 3 * x[1] - 7, x[1] - 0.5 * x[2] + 1e6, 1e-3 * (x[0] + x[1] + x[2])
          };
    }
    ClosedForm form = ClosedForm.POOLED.with(pooling);
    LinearModel plain = form.fit(TwoPassMoments.of(rows, labels, 3)).model();
    LinearModel other = form.fit(TwoPassMoments.of(mapped, labels, 3)).model();
    double[] p = new double[3];
    double[] q = new double[3];
    for (int i = 0; i < n; i++) {
      plain.probabilities(rows[i], p);
      other.probabilities(mapped[i], q);
      // The offset of 1e6 costs six digits of the constant.
      assertThat(q).containsExactly(p, within(1e-8));
    }
  }

  @Test
  void correctsForOtherPriors() {
    ClassMoments moments =
        TwoPassMoments.of(TwoPassMoments.gaussians(90, 4, 3, 9), TwoPassMoments.turns(90, 3), 3);
    double[] priors = {0.7, 0.2, 0.1};
    LinearModel fitted = ClosedForm.POOLED.fit(moments, priors).model();
    LinearModel corrected =
        ClosedForm.POOLED.fit(moments).model().withPriors(new double[] {1, 1, 1}, priors);
    assertClose(corrected, fitted, 1e-14);
    assertThat(fitted.intercept(0) - ClosedForm.POOLED.fit(moments).model().intercept(0))
        .isGreaterThan(0.5);
  }

  @Test
  void foldsTakenOffEqualFoldsNeverAdded() {
    int n = 500;
    double[][] rows = TwoPassMoments.gaussians(n, 8, 3, 10);
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i * 7 % 11 % 3);
    int kept = 400;
    ClassMoments all = TwoPassMoments.of(rows, labels, 3);
    ClassMoments fold =
        TwoPassMoments.of(
            Arrays.copyOfRange(rows, kept, n), Arrays.copyOfRange(labels, kept, n), 3);
    ClassMoments rest =
        TwoPassMoments.of(Arrays.copyOf(rows, kept), Arrays.copyOf(labels, kept), 3);
    for (Shrinkage shrinkage :
        List.of(Shrinkage.NONE, new Shrinkage.Oas(), new Shrinkage.LedoitWolf())) {
      ClosedForm form = ClosedForm.POOLED.with(shrinkage, ShrinkageUnits.DATA);
      assertClose(form.fit(all.subtract(fold)).model(), form.fit(rest).model(), 1e-11);
    }
  }

  @Test
  void frequencyWeightsAreCopiesOfRows() {
    int n = 60;
    double[][] rows = TwoPassMoments.gaussians(n, 4, 2, 11);
    int[] labels = TwoPassMoments.turns(n, 2);
    double[] weights = new double[n];
    Arrays.setAll(weights, i -> i < 30 ? 2 : 1);
    double[][] copied = new double[n + 30][];
    int[] copiedLabels = new int[n + 30];
    for (int i = 0; i < n + 30; i++) {
      copied[i] = rows[i < n ? i : i - n];
      copiedLabels[i] = labels[i < n ? i : i - n];
    }
    ClassMoments weighted = TwoPassMoments.of(rows, labels, weights, 2, ScatterLayout.PER_CLASS);
    ClassMoments repeated = TwoPassMoments.of(copied, copiedLabels, 2);
    for (Shrinkage rule :
        List.of(new Shrinkage.Oas(), new Shrinkage.Rblw(), new Shrinkage.LedoitWolf())) {
      ClosedForm form =
          ClosedForm.POOLED.with(rule, ShrinkageUnits.DATA).with(WeightSemantics.FREQUENCY);
      assertThat(form.fit(weighted).rho()).isCloseTo(form.fit(repeated).rho(), within(1e-13));
      assertClose(form.fit(weighted).model(), form.fit(repeated).model(), 1e-12);
      // By importance 90 weights of two sizes are worth 8100 / 150 = 54 rows of 60.
      assertThat(form.with(WeightSemantics.IMPORTANCE).fit(weighted).rho())
          .isGreaterThan(form.fit(weighted).rho());
    }
    assertThat(WeightSemantics.IMPORTANCE.size(weighted)).isCloseTo(54, within(1e-12));
    assertThat(WeightSemantics.FREQUENCY.size(weighted)).isEqualTo(90);
  }

  @Test
  void thePathHasTheModelsOfEveryRidge() {
    ClassMoments moments =
        TwoPassMoments.of(TwoPassMoments.gaussians(300, 6, 3, 12), TwoPassMoments.turns(300, 3), 3);
    for (ShrinkageUnits units : ShrinkageUnits.values()) {
      RidgePath path = RidgePath.of(moments, Pooling.WITHIN, units).orElseThrow();
      for (double lambda : path.lambdas(7)) {
        ClosedForm form = ClosedForm.POOLED.with(new Shrinkage.Ridge(lambda), units);
        assertClose(path.at(lambda), form.fit(moments).model(), 1e-11);
      }
      ClosedForm shared = ClosedForm.POOLED.with(new Shrinkage.Fixed(0.4), units);
      assertClose(path.atShare(0.4), shared.fit(moments).model(), 1e-11);
    }
    assertThat(
            RidgePath.of(moments, Pooling.WITHIN, ShrinkageUnits.WITHIN_DEVIATION)
                .orElseThrow()
                .eigenvalues())
        .satisfies(values -> assertThat(Arrays.stream(values).sum()).isCloseTo(6, within(1e-12)));
  }

  /** With the off-diagonal elements of S zero already, the diagonal is no approximation. */
  @Test
  void theDiagonalIsThePooledFormForUncorrelatedFeatures() {
    LinearModel diagonal = ClosedForm.POOLED.with(Pooling.DIAGONAL).fit(squares(1)).model();
    assertLogit(diagonal, -15, 3, 3);
    ClassMoments correlated =
        TwoPassMoments.of(TwoPassMoments.gaussians(200, 2, 2, 13), TwoPassMoments.turns(200, 2), 2);
    double variance = correlated.pooledScatter().get(1, 1) / 200;
    assertThat(ClosedForm.POOLED.with(Pooling.DIAGONAL).fit(correlated).model().logitSlope(1, 0)[1])
        .isCloseTo(correlated.meanDifference(1, 0)[1] / variance, within(1e-12));
  }

  /** Class 0 has nine times the rows of class 1 and a quarter of its variance. */
  @Test
  void balancedPoolingWeighsClassesAlike() {
    double[][] rows = new double[20][];
    int[] labels = new int[20];
    for (int i = 0; i < 20; i++) {
      labels[i] = i < 18 ? 0 : 1;
      double side = i % 2 == 0 ? 1 : -1;
      rows[i] = new double[] {i < 18 ? side : 5 + 2 * side};
    }
    ClassMoments moments = TwoPassMoments.of(rows, labels, 2);
    assertThat(ClosedForm.POOLED.with(Pooling.BALANCED).fit(moments).model().logitSlope(1, 0)[0])
        .isCloseTo(5 / 2.5, within(1e-13));
    assertThat(ClosedForm.POOLED.fit(moments).model().logitSlope(1, 0)[0])
        .isCloseTo(5 / 1.3, within(1e-13));
    assertThatThrownBy(() -> ClosedForm.POOLED.with(Pooling.BALANCED).fit(moments.pooled()))
        .hasMessage(
            "balanced pooling needs the scatter of every class, found moments with their sum only");
  }

  @Test
  void refusesChoicesThatDoNotGoTogether() {
    assertThatThrownBy(
            () ->
                ClosedForm.POOLED
                    .with(Pooling.TOTAL)
                    .with(new Shrinkage.LedoitWolf(), ShrinkageUnits.DATA))
        .hasMessage(
            "the share of Ledoit and Wolf is known for pooling WITHIN and units DATA only,"
                + " found TOTAL and DATA");
    assertThatThrownBy(() -> new Shrinkage.Fixed(1.5))
        .hasMessage("rho must lie in [0, 1], found 1.5");
    assertThatThrownBy(() -> new Shrinkage.Ridge(-1))
        .hasMessage("lambda must be finite and at least 0, found -1.0");
    assertThatThrownBy(() -> ClosedForm.POOLED.fit(ClassMoments.empty(2, 3, ScatterLayout.POOLED)))
        .hasMessage("the moments hold no row of positive weight");
    assertThatThrownBy(() -> ClosedForm.POOLED.fit(squares(1), new double[] {1}))
        .hasMessage("one prior is needed for each of 2 classes, found 1");
  }
}
