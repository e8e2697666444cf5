// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentMatchedTest {
  /** With the pooled covariance the equations are those of linear discriminant analysis. */
  @ParameterizedTest
  @ValueSource(strings = {"iris", "wine", "breast_cancer"})
  void equalCovariancesGiveLinearDiscriminants(String set) {
    ClassMoments moments = RowsInMemory.named(set).moments();
    LinearModel expected = ClosedForm.POOLED.fit(moments).model();
    LinearModel found = new MomentMatched(0, 0).fit(moments).model();
    double[] a = expected.coefficients();
    double[] b = found.coefficients();
    double error = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      error += (a[i] - b[i]) * (a[i] - b[i]);
      norm += a[i] * a[i];
    }
    assertThat(Math.sqrt(error / norm)).isLessThan(1e-6);
    assertThat(found.logitIntercept(1, 0)).isCloseTo(expected.logitIntercept(1, 0), within(1e-4));
  }

  /** On Gaussian classes the fit is that of the rows, but for their noise. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void unequalCovariancesGiveTheMaximumLikelihoodFitOfGaussianRows(int classes) {
    int n = 40_000;
    int d = 3;
    double[][] x = TwoPassMoments.gaussians(n, d, classes, 9);
    int[] y = TwoPassMoments.turns(n, classes);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        x[i][j] *= 1 + 0.8 * (y[i] + j) % 3;
      }
    }
    RowsInMemory rows = RowsInMemory.exact(classes, x, y);
    ClassMoments moments = rows.moments();
    MomentMatchedFit matched = new MomentMatched(1, 0).fit(moments);
    assertThat(matched.converged()).isTrue();
    PolishResult best =
        Polish.run(
            rows, matched.design(), matched.parameters(), PolishOptions.toTheMaximum(Ridge.none()));
    double excess = rows.meanLoss(matched.model()) - rows.meanLoss(best.model());
    double discriminants =
        rows.meanLoss(new MomentMatched(0, 0).fit(moments).model()) - rows.meanLoss(best.model());
    assertThat(excess).isLessThan(2e-4).isLessThan(discriminants / 10);
  }

  @ParameterizedTest
  @CsvSource({"digits, 0.13", "wine, 0.05", "breast_cancer, 0.09", "iris, 0.16"})
  void fitsRealRows(String set, double loss) {
    RowsInMemory rows = RowsInMemory.named(set);
    MomentMatchedFit fit = new MomentMatched(1, 1).fit(rows.moments());
    assertThat(fit.converged()).isTrue();
    assertThat(rows.meanLoss(fit.model())).isLessThan(loss);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.01", "0.7, 1", "-3, 4", "2, 100", "-20, 900"})
  void expectationsAreDerivativesOfOneAnother(double a, double v) {
    GaussianExpectation at = new GaussianExpectation();
    GaussianExpectation below = new GaussianExpectation();
    GaussianExpectation above = new GaussianExpectation();
    double h = 1e-4;
    at.at(a, v);
    below.at(a - h, v);
    above.at(a + h, v);
    assertThat((above.loss - below.loss) / (2 * h)).isCloseTo(at.probability, within(1e-8));
    assertThat((above.probability - below.probability) / (2 * h)).isCloseTo(at.first, within(1e-8));
    assertThat((above.first - below.first) / (2 * h)).isCloseTo(at.second, within(1e-8));
    assertThat((above.second - below.second) / (2 * h)).isCloseTo(at.third, within(1e-8));
    at.at(0, v);
    assertThat(at.probability).isCloseTo(0.5, within(1e-14));
  }

  @Test
  void aClassWithoutRowsIsAbsent() {
    RowsInMemory iris = RowsInMemory.named("iris");
    int[] labels = iris.labels.clone();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] == 2 ? 3 : labels[i];
    }
    RowsInMemory rows = RowsInMemory.exact(4, iris.rows, labels);
    MomentMatchedFit fit = new MomentMatched(1, 1).fit(rows.moments());
    assertThat(fit.model().hasClass(2)).isFalse();
    PolishResult polished =
        Polish.run(rows, fit.design(), fit.model(), PolishOptions.toTheMaximum(Ridge.toZero(1)));
    assertThat(polished.model().hasClass(2)).isFalse();
    assertThat(polished.end()).isEqualTo(PolishEnd.CONVERGED);
  }
}
