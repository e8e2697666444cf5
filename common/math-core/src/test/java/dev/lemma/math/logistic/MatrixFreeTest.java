// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixFreeTest {
  private static final double TIGHT = 1e-13;

  /** The passes over rows in memory; even rows are handed over sparse. */
  private static final class Passes implements ScatterPasses {
    private final LadderRows rows;
    final List<ScatterPlan> plans = new ArrayList<>();
    CrossFitPlan compared;

    Passes(LadderRows rows) {
      this.rows = rows;
    }

    @Override
    public double[] multiply(ScatterPlan plan) {
      plans.add(plan);
      ScatterProducts products = new ScatterProducts(plan);
      for (int i = 0; i < rows.rows.length; i++) {
        double[] x = rows.rows[i];
        if (i % 2 == 1) {
          products.add(rows.foldOf[i], rows.labels[i], rows.weights[i], x);
          continue;
        }
        int[] columns = new int[x.length];
        double[] values = new double[x.length];
        int count = 0;
        for (int j = 0; j < x.length; j++) {
          if (x[j] != 0) {
            columns[count] = j;
            values[count++] = x[j];
          }
        }
        products.add(rows.foldOf[i], rows.labels[i], rows.weights[i], columns, values, count);
      }
      return products.sums();
    }

    @Override
    public CrossFittedScores crossFit(CrossFitPlan plan) {
      compared = plan;
      return rows.crossFit(plan);
    }

    MatrixFreeResult solve(MatrixFreeOptions options) {
      return solve(options, rows.folds);
    }

    MatrixFreeResult solve(MatrixFreeOptions options, int folds) {
      DiagonalMoments moments = new DiagonalMoments(rows.classes * folds, rows.features());
      for (int i = 0; i < rows.rows.length; i++) {
        int fold = folds == 1 ? 0 : rows.foldOf[i];
        moments.add(rows.labels[i] * folds + fold, rows.weights[i], rows.rows[i]);
      }
      return MatrixFree.run(moments, folds, this, options);
    }
  }

  private static LadderRows rows(int n, int d, int classes, double offset) {
    SplittableRandom random = new SplittableRandom(17);
    double[][] rows = new double[n][d];
    int[] labels = new int[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 7 % classes;
      weights[i] = 1 + i % 4 / 2.0;
      double common = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        boolean empty = random.nextInt(3) == 0;
        double x = random.nextGaussian() + common + (labels[i] == j % classes ? 0.7 : 0);
        // Whole numbers of 2^-10, so that an offset leaves the rows as they are.
        rows[i][j] = offset + (empty ? 0 : Math.rint(1024 * x * (1 + j % 3)) / 1024);
      }
    }
    return new LadderRows(classes, 4, rows, labels, weights);
  }

  private static MatrixFreeOptions options(Shrinkage shrinkage, ShrinkageUnits units) {
    return new MatrixFreeOptions(shrinkage, units, WeightSemantics.IMPORTANCE, TIGHT, 400, 3);
  }

  private static LinearModel dense(
      ClassMoments moments, Shrinkage shrinkage, ShrinkageUnits units) {
    return ClosedForm.POOLED.with(shrinkage, units).fit(moments).model();
  }

  private static void assertSame(LinearModel found, LinearModel expected, double tolerance) {
    assertThat(found.coefficients()).containsExactly(expected.coefficients(), within(tolerance));
    assertThat(found.intercepts()).containsExactly(expected.intercepts(), within(tolerance));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void isTheClosedFormOfTheMatrix(int classes) {
    LadderRows rows = rows(300, 20, classes, 0);
    ClassMoments moments = rows.moments(ScatterLayout.POOLED).total();
    for (ShrinkageUnits units : ShrinkageUnits.values()) {
      for (Shrinkage rule :
          List.of(Shrinkage.NONE, new Shrinkage.Fixed(0.2), new Shrinkage.Ridge(0.5))) {
        MatrixFreeResult found = new Passes(rows).solve(options(rule, units), 1);
        assertThat(found.converged()).isTrue();
        assertSame(found.ladder().model(), dense(moments, rule, units), 1e-10);
      }
    }
  }

  @Test
  void modelsWithoutAFoldAreThoseOfTheOtherRows() {
    LadderRows rows = rows(300, 12, 3, 0);
    Passes passes = new Passes(rows);
    Shrinkage rule = new Shrinkage.Fixed(0.1);
    MatrixFreeResult found = passes.solve(options(rule, ShrinkageUnits.TOTAL_DEVIATION));
    assertThat(found.ladder().passes()).isEqualTo(2 + passes.plans.size());
    assertThat(found.steps()).isEqualTo(passes.plans.size());
    FoldMoments folds = rows.moments(ScatterLayout.POOLED);
    List<List<LinearModel>> expected = new ArrayList<>();
    for (int f = 0; f < rows.folds; f++) {
      int fold = f;
      expected.add(
          List.of(
              dense(
                  rows.select(
                          java.util.stream.IntStream.range(0, rows.rows.length)
                              .filter(i -> rows.foldOf[i] != fold)
                              .toArray())
                      .moments(ScatterLayout.POOLED)
                      .total(),
                  rule,
                  ShrinkageUnits.TOTAL_DEVIATION)));
    }
    CrossFitPlan plan = CrossFitPlan.of(expected, passes.compared.shift(), 3);
    for (int f = 0; f < folds.count(); f++) {
      assertThat(passes.compared.parameters()[f])
          .containsExactly(plan.parameters()[f], within(1e-10));
    }
  }

  @Test
  void anOffsetCostsNoDigits() {
    LinearModel plain =
        new Passes(rows(200, 8, 2, 0))
            .solve(options(new Shrinkage.Fixed(0.1), ShrinkageUnits.DATA), 1)
            .ladder()
            .model();
    MatrixFreeResult far =
        new Passes(rows(200, 8, 2, 1e8))
            .solve(options(new Shrinkage.Fixed(0.1), ShrinkageUnits.DATA), 1);
    assertThat(far.ladder().model().coefficients())
        .containsExactly(plain.coefficients(), within(1e-9));
  }

  @Test
  void theShareOfShrinkingIsNearThatOfTheMatrix() {
    LadderRows rows = rows(150, 400, 2, 0);
    double expected =
        ClosedForm.POOLED
            .with(new Shrinkage.Oas(), ShrinkageUnits.TOTAL_DEVIATION)
            .fit(rows.moments(ScatterLayout.POOLED).total())
            .rho();
    Passes passes = new Passes(rows);
    MatrixFreeResult found =
        passes.solve(
            new MatrixFreeOptions(
                new Shrinkage.Oas(),
                ShrinkageUnits.TOTAL_DEVIATION,
                WeightSemantics.IMPORTANCE,
                1e-8,
                200,
                3));
    // One direction has most of the variance, the worst case of the estimate: four times its error.
    assertThat(found.rho()).isBetween(expected / 3, 3 * expected);
    assertThat(found.converged()).isTrue();
    assertSame(
        new Passes(rows)
            .solve(options(new Shrinkage.Fixed(found.rho()), ShrinkageUnits.TOTAL_DEVIATION), 1)
            .ladder()
            .model(),
        dense(
            rows.moments(ScatterLayout.POOLED).total(),
            new Shrinkage.Fixed(found.rho()),
            ShrinkageUnits.TOTAL_DEVIATION),
        1e-8);
    // Probes cost no pass of their own.
    assertThat(passes.plans.get(0).count()).isEqualTo(5 + MatrixFree.PROBES);
    assertThat(passes.plans.get(1).count()).isEqualTo(5);
  }

  /** Few rows of features that do not hang together: the formula itself shrinks all of it. */
  @Test
  void nothingIsLeftOfACovarianceThatIsAllNoise() {
    SplittableRandom random = new SplittableRandom(29);
    double[][] noise = new double[60][300];
    int[] labels = new int[noise.length];
    for (int i = 0; i < noise.length; i++) {
      labels[i] = i % 2;
      Arrays.setAll(noise[i], j -> random.nextGaussian());
    }
    LadderRows rows = LadderRows.of(2, noise, labels);
    double expected =
        ClosedForm.POOLED
            .with(new Shrinkage.Oas(), ShrinkageUnits.TOTAL_DEVIATION)
            .fit(rows.moments(ScatterLayout.POOLED).total())
            .rho();
    double found =
        new Passes(rows)
            .solve(options(new Shrinkage.Oas(), ShrinkageUnits.TOTAL_DEVIATION), 1)
            .rho();
    assertThat(expected).isGreaterThan(0.9);
    // The size of the matrix is known to 6 percent.
    assertThat(found).isCloseTo(expected, within(0.2));
  }

  @Test
  void anOverconfidentModelIsCalibrated() {
    LadderRows rows = rows(400, 60, 2, 0);
    MatrixFreeResult found =
        new Passes(rows).solve(options(new Shrinkage.Fixed(0.01), ShrinkageUnits.TOTAL_DEVIATION));
    CandidateResult candidate = found.ladder().candidates().get(0);
    assertThat(candidate.calibrated()).isTrue();
    assertThat(candidate.heldOutLoss()).isLessThan(candidate.uncalibratedLoss());
    assertThat(found.ladder().calibration().scale()).isLessThan(1);
    LinearModel plain =
        dense(
            rows.moments(ScatterLayout.POOLED).total(),
            new Shrinkage.Fixed(0.01),
            ShrinkageUnits.TOTAL_DEVIATION);
    assertSame(found.ladder().model(), found.ladder().calibration().apply(plain), 1e-9);
  }

  @Test
  void constantAndSeparatingFeaturesAreFound() {
    LadderRows rows = rows(120, 6, 2, 0);
    for (int i = 0; i < rows.rows.length; i++) {
      rows.rows[i][1] = 7;
      rows.rows[i][3] = rows.labels[i];
      rows.rows[i][5] *= 1e300;
    }
    for (Shrinkage rule : List.of(Shrinkage.NONE, new Shrinkage.Fixed(0.3))) {
      MatrixFreeResult found =
          new Passes(rows).solve(options(rule, ShrinkageUnits.TOTAL_DEVIATION), 1);
      assertThat(found.ladder().diagnosis().findings())
          .containsExactly(
              new ColumnFinding(1, ColumnFault.CONSTANT, List.of()),
              new ColumnFinding(3, ColumnFault.SEPARATING, List.of()),
              new ColumnFinding(5, ColumnFault.UNKNOWN, List.of()));
      assertThat(found.converged()).isTrue();
      assertThat(found.ladder().model().coefficient(1, 1)).isZero();
    }
    assertSame(
        new Passes(rows)
            .solve(options(new Shrinkage.Fixed(0.3), ShrinkageUnits.TOTAL_DEVIATION), 1)
            .ladder()
            .model(),
        dense(
            rows.moments(ScatterLayout.POOLED).total(),
            new Shrinkage.Fixed(0.3),
            ShrinkageUnits.TOTAL_DEVIATION),
        1e-10);
  }

  @Test
  void equationsWithoutASolutionAreSaidToHaveNone() {
    MatrixFreeResult found =
        new Passes(rows(30, 50, 2, 0))
            .solve(
                new MatrixFreeOptions(
                    Shrinkage.NONE, ShrinkageUnits.DATA, WeightSemantics.IMPORTANCE, 1e-8, 60, 3),
                1);
    assertThat(found.converged()).isFalse();
    assertThat(found.ladder().notes()).anyMatch(note -> note.contains("were not solved"));
    assertThat(Arrays.stream(found.ladder().model().coefficients()).allMatch(Double::isFinite))
        .isTrue();
  }

  @Test
  void fourthMomentsAreNotKnown() {
    assertThatThrownBy(() -> options(new Shrinkage.LedoitWolf(), ShrinkageUnits.DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fourth moments");
  }
}
