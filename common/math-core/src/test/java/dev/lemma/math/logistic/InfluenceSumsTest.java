// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfluenceSumsTest {
  private static CoefficientErrors errors(RowsInMemory rows, WeightSemantics semantics) {
    ClassMoments moments = rows.moments();
    InfluencePlan plan = InfluencePlan.of(moments, 1, 0, semantics);
    InfluenceSums left = InfluenceSums.empty(plan);
    InfluenceSums right = InfluenceSums.empty(plan);
    for (int i = 0; i < rows.rows.length; i++) {
      (i < 20 ? left : right).add(rows.labels[i], rows.weights[i], rows.rows[i], 0);
    }
    return left.merge(InfluenceSums.of(plan, right.state().clone())).errors(moments);
  }

  private static double[] logit(RowsInMemory rows, double[] weights) {
    LinearModel model = ClosedForm.POOLED.fit(rows.weighted(weights).moments()).model();
    double[] slope = model.logitSlope(1, 0);
    double[] all = Arrays.copyOf(slope, slope.length + 1);
    all[slope.length] = model.logitIntercept(1, 0);
    return all;
  }

  /** The infinitesimal jackknife: the estimator's derivatives by the rows' weights, squared. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void errorsAreThoseOfTheInfinitesimalJackknife(int classes) {
    int n = 60;
    double[][] x = TwoPassMoments.gaussians(n, 3, classes, 4);
    for (double[] row : x) {
      row[0] += 40;
    }
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = 0.5 + i % 3;
    }
    RowsInMemory rows =
        RowsInMemory.exact(classes, x, TwoPassMoments.turns(n, classes)).weighted(weights);
    double[] variances = new double[4];
    double h = 1e-4;
    for (int i = 0; i < n; i++) {
      double[] up = weights.clone();
      double[] down = weights.clone();
      up[i] += h;
      down[i] -= h;
      double[] above = logit(rows, up);
      double[] below = logit(rows, down);
      for (int j = 0; j < 4; j++) {
        double influence = weights[i] * (above[j] - below[j]) / (2 * h);
        variances[j] += influence * influence;
      }
    }
    CoefficientErrors errors = errors(rows, WeightSemantics.IMPORTANCE);
    double[] estimate = logit(rows, weights);
    for (int j = 0; j < 3; j++) {
      assertThat(errors.slopes().get(j).value()).isCloseTo(estimate[j], within(1e-9));
      assertThat(errors.slopes().get(j).error() / Math.sqrt(variances[j]))
          .isCloseTo(1, within(1e-5));
    }
    assertThat(errors.intercept().value()).isCloseTo(estimate[3], within(1e-8));
    assertThat(errors.intercept().error() / Math.sqrt(variances[3])).isCloseTo(1, within(1e-5));
  }

  @Test
  void onGaussianRowsTheyAreThoseOfTheClosedForm() {
    int n = 20_000;
    RowsInMemory rows =
        RowsInMemory.exact(2, TwoPassMoments.gaussians(n, 4, 2, 6), TwoPassMoments.turns(n, 2));
    CoefficientErrors robust = errors(rows, WeightSemantics.FREQUENCY);
    CoefficientErrors gaussian =
        ClosedFormErrors.of(rows.moments(), WeightSemantics.FREQUENCY).logit(1, 0);
    for (int j = 0; j < 4; j++) {
      assertThat(robust.slopes().get(j).error() / gaussian.slopes().get(j).error())
          .isBetween(0.97, 1.03);
    }
    assertThat(robust.intercept().error() / gaussian.intercept().error()).isBetween(0.97, 1.03);
  }
}
