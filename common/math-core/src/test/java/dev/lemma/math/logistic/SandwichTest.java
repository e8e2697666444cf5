// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Robust standard errors of a ladder, against sums formed row by row. */
class SandwichTest {
  private static final int D = 3;

  /** Rows whose spread grows with the first column, which is what a sandwich is for. */
  private static LadderRows rows(int n, boolean wholeWeights) {
    SplittableRandom random = new SplittableRandom(31);
    double[][] x = new double[n][D];
    int[] y = new int[n];
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      double spread = 0.5 + 2 * random.nextDouble();
      for (int j = 0; j < D; j++) {
        x[i][j] = 5 + spread * random.nextGaussian();
      }
      y[i] = random.nextDouble() < 1 / (1 + Math.exp(-0.6 * (x[i][0] - 5))) ? 1 : 0;
      w[i] = wholeWeights ? 1 + random.nextInt(3) : 0.5 + 2 * random.nextDouble();
    }
    return new LadderRows(2, 5, x, y, w);
  }

  private static LadderResult climb(LadderRows rows, LadderOptions options) {
    return Ladder.run(rows.moments(ScatterLayout.PER_CLASS), rows, options);
  }

  private static double[] errors(LadderResult result) {
    CoefficientErrors of = result.errors().get(0).orElseThrow();
    double[] errors = new double[D + 1];
    errors[0] = of.intercept().error();
    for (int j = 0; j < D; j++) {
      errors[j + 1] = of.slopes().get(j).error();
    }
    return errors;
  }

  @ParameterizedTest
  @EnumSource(WeightSemantics.class)
  void atTheMaximumTheyAreThoseOfTheRowsGradients(WeightSemantics semantics) {
    LadderRows rows = rows(400, false);
    LadderResult result =
        climb(
            rows,
            LadderOptions.of(Rung.MAXIMUM).withLambda(0).with(ErrorRule.SANDWICH).with(semantics));
    assertThat(result.errorBasis()).isEqualTo(ErrorBasis.SANDWICH);
    double[] slope = result.model().logitSlope(1, 0);
    PackedSymmetric hessian = PackedSymmetric.zero(D + 1);
    PackedSymmetric middle = PackedSymmetric.zero(D + 1);
    for (int i = 0; i < rows.rows.length; i++) {
      double[] z = new double[D + 1];
      z[0] = 1;
      System.arraycopy(rows.rows[i], 0, z, 1, D);
      double score = result.model().logitIntercept(1, 0);
      for (int j = 0; j < D; j++) {
        score += slope[j] * rows.rows[i][j];
      }
      double p = 1 / (1 + Math.exp(-score));
      double w = rows.weights[i];
      double r = p - rows.labels[i];
      hessian.addRankOneInPlace(w * p * (1 - p), z);
      middle.addRankOneInPlace((semantics == WeightSemantics.FREQUENCY ? w : w * w) * r * r, z);
    }
    Cholesky factor = Cholesky.of(hessian).orElseThrow();
    double[] errors = errors(result);
    for (int j = 0; j <= D; j++) {
      double[] unit = new double[D + 1];
      unit[j] = 1;
      double expected = Math.sqrt(middle.quadratic(factor.solve(unit)));
      assertThat(errors[j] / expected).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void afterTwoPassesTheyAreThoseOfTheInfluenceOnThePooledModel() {
    LadderRows rows = rows(400, false);
    LadderResult result = climb(rows, LadderOptions.of(Rung.TWO).with(ErrorRule.SANDWICH));
    assertThat(result.errorBasis()).isEqualTo(ErrorBasis.SANDWICH);
    // The pass of the moments, and one more.
    assertThat(rows.passes).isEqualTo(2);
    ClassMoments moments = rows.moments(ScatterLayout.PER_CLASS).total();
    double total = moments.weight();
    double[] sums = new double[D];
    LinearModel pooled = ClosedForm.POOLED.fit(moments).model();
    PackedSymmetric covariance = moments.pooledScatter();
    covariance.scaleInPlace(1 / total);
    Cholesky factor = Cholesky.of(covariance).orElseThrow();
    double[] beta = pooled.logitSlope(1, 0);
    double[] delta = moments.meanDifference(1, 0);
    for (int i = 0; i < rows.rows.length; i++) {
      int y = rows.labels[i];
      double[] z = rows.rows[i].clone();
      double[] mean = moments.mean(y);
      double score = 0;
      for (int j = 0; j < D; j++) {
        z[j] -= mean[j];
        score += z[j] * beta[j];
      }
      double a = (y == 1 ? 1 : -1) * total / moments.weight(y);
      for (int j = 0; j < D; j++) {
        z[j] = (a - score) * z[j] + delta[j];
      }
      double[] influence = factor.solve(z);
      for (int j = 0; j < D; j++) {
        sums[j] += Math.pow(rows.weights[i] * influence[j] / total, 2);
      }
    }
    double scale = result.calibration().scale();
    double[] errors = errors(result);
    for (int j = 0; j < D; j++) {
      assertThat(errors[j + 1] / (scale * Math.sqrt(sums[j]))).isCloseTo(1, within(1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Rung.class,
      names = {"TWO", "THREE", "FOUR"})
  void weightTwoIsARowTwice(Rung rung) {
    LadderRows once = rows(300, true);
    int copies = (int) Arrays.stream(once.weights).sum();
    double[][] x = new double[copies][];
    int[] y = new int[copies];
    int[] folds = new int[copies];
    double[] ones = new double[copies];
    Arrays.fill(ones, 1);
    int to = 0;
    for (int i = 0; i < once.rows.length; i++) {
      for (int c = 0; c < once.weights[i]; c++) {
        x[to] = once.rows[i];
        y[to] = once.labels[i];
        folds[to++] = once.foldOf[i];
      }
    }
    LadderRows repeated = new LadderRows(2, 5, x, y, ones);
    System.arraycopy(folds, 0, repeated.foldOf, 0, copies);
    LadderOptions options =
        LadderOptions.of(rung).with(ErrorRule.SANDWICH).with(WeightSemantics.FREQUENCY);
    LadderResult of = climb(once, options);
    assertThat(of.errorBasis()).isEqualTo(ErrorBasis.SANDWICH);
    assertThat(errors(of)).containsExactly(errors(climb(repeated, options)), within(1e-7));
  }

  @Test
  void onePassHasNoRowsLeftToSum() {
    LadderRows rows = rows(200, false);
    LadderResult result = climb(rows, LadderOptions.of(Rung.ONE).with(ErrorRule.SANDWICH));
    assertThat(result.errorBasis()).isEqualTo(ErrorBasis.CLOSED_FORM);
    assertThat(result.notes()).anyMatch(note -> note.contains("no pass summed the influence"));
  }
}
