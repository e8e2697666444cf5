// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns and classes with which something is wrong: found, named, survived. */
class DiagnosisTest {
  private static final int N = 120;
  private static final int[] LABELS = TwoPassMoments.turns(N, 2);
  private static final double[][] PLAIN = TwoPassMoments.gaussians(N, 4, 2, 21);

  /** The plain rows with further columns made from row and label. */
  private static double[][] with(List<BiFunction<double[], Integer, Double>> columns) {
    double[][] rows = new double[N][];
    for (int i = 0; i < N; i++) {
      rows[i] = Arrays.copyOf(PLAIN[i], 4 + columns.size());
      for (int c = 0; c < columns.size(); c++) {
        rows[i][4 + c] = columns.get(c).apply(PLAIN[i], LABELS[i]);
      }
    }
    return rows;
  }

  private static void assertSameProbabilities(
      LinearModel model, double[][] rows, LinearModel expected, double[][] expectedRows) {
    double[] p = new double[2];
    double[] q = new double[2];
    for (int i = 0; i < N; i++) {
      model.probabilities(rows[i], p);
      expected.probabilities(expectedRows[i], q);
      assertThat(p[1]).isCloseTo(q[1], within(1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource(Deficiency.class)
  void constantAndDependentColumnsChangeNoProbability(Deficiency deficiency) {
    double[][] rows =
        with(
            List.of(
                (x, y) -> 1e8, (x, y) -> 3 * x[1], (x, y) -> x[0] - 2 * x[2] + 5, (x, y) -> 0.0));
    ClassMoments moments = TwoPassMoments.of(rows, LABELS, 2);
    ClosedFormFit fit = ClosedForm.POOLED.with(deficiency).fit(moments);
    Diagnosis diagnosis = fit.diagnosis();
    assertThat(diagnosis.columns(ColumnFault.CONSTANT)).containsExactly(4, 7);
    List<Integer> dependent = diagnosis.columns(ColumnFault.DEPENDENT);
    assertThat(dependent).hasSize(2);
    assertThat(diagnosis.rank()).isEqualTo(4);
    assertThat(diagnosis.separated()).isFalse();
    assertThat(diagnosis.condition()).isBetween(1.0, 1e4);
    // Whichever of them is called dependent, it is on its own kin.
    for (ColumnFinding finding : diagnosis.findings()) {
      if (finding.fault() == ColumnFault.DEPENDENT) {
        List<Integer> kin =
            finding.column() == 1 || finding.column() == 5 ? List.of(1, 5) : List.of(0, 2, 6);
        assertThat(kin).contains(finding.column()).containsAll(finding.others());
      }
    }
    assertThat(fit.model().coefficient(1, 4)).isZero();
    LinearModel plain = ClosedForm.POOLED.fit(TwoPassMoments.of(PLAIN, LABELS, 2)).model();
    assertSameProbabilities(fit.model(), rows, plain, PLAIN);
    if (deficiency == Deficiency.SHORTEST) {
      // In deviations the two columns are one and the same.
      assertThat(fit.model().logitSlope(1, 0)[1])
          .isCloseTo(3 * fit.model().logitSlope(1, 0)[5], within(1e-9));
    } else {
      assertThat(fit.model().coefficient(1, dependent.get(0))).isZero();
    }
  }

  @Test
  void aColumnConstantWithinTheClassesSeparatesThem() {
    double[][] rows = with(List.of((x, y) -> y == 1 ? 7.0 : 3.0));
    ClosedFormFit fit = ClosedForm.POOLED.fit(TwoPassMoments.of(rows, LABELS, 2));
    assertThat(fit.diagnosis().findings())
        .containsExactly(new ColumnFinding(4, ColumnFault.SEPARATING, List.of()));
    assertThat(fit.diagnosis().separated()).isTrue();
    assertThat(fit.diagnosis().rank()).isEqualTo(5);
    // Logits at the means are at most 20 in size, and every row is where it belongs.
    double[] scores = new double[2];
    for (int i = 0; i < N; i++) {
      fit.model().scores(rows[i], scores);
      double logit = scores[1] - scores[0];
      assertThat(logit * (LABELS[i] == 1 ? 1 : -1)).isBetween(10.0, 30.0);
    }
    assertThat(fit.model().logitSlope(1, 0)[4]).isGreaterThan(1);
  }

  /** The feature x0 + y alone separates nothing, and with x0 beside it everything. */
  @Test
  void aCombinationConstantWithinTheClassesSeparatesThem() {
    double[][] rows = with(List.of((x, y) -> x[0] + y));
    ClosedFormFit fit = ClosedForm.POOLED.fit(TwoPassMoments.of(rows, LABELS, 2));
    assertThat(fit.diagnosis().separated()).isTrue();
    assertThat(fit.diagnosis().findings()).hasSize(1);
    ColumnFinding finding = fit.diagnosis().findings().get(0);
    assertThat(List.of(finding.column(), finding.others().get(0))).contains(0, 4);
    double[] slope = fit.model().logitSlope(1, 0);
    assertThat(slope[0]).isCloseTo(-slope[4], within(1e-6 * slope[4]));
    double[] p = new double[2];
    for (int i = 0; i < N; i++) {
      fit.model().probabilities(rows[i], p);
      assertThat(p[LABELS[i]]).isGreaterThan(0.99);
    }
  }

  @Test
  void twoSeparatingColumnsAreNotCountedTwice() {
    double[][] once = with(List.of((x, y) -> (double) y));
    double[][] twice = with(List.of((x, y) -> (double) y, (x, y) -> 5.0 - 3 * y));
    ClosedFormFit one = ClosedForm.POOLED.fit(TwoPassMoments.of(once, LABELS, 2));
    ClosedFormFit two = ClosedForm.POOLED.fit(TwoPassMoments.of(twice, LABELS, 2));
    assertThat(two.diagnosis().columns(ColumnFault.SEPARATING)).hasSize(1);
    assertThat(two.diagnosis().columns(ColumnFault.DEPENDENT)).hasSize(1);
    assertSameProbabilities(two.model(), twice, one.model(), once);
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void separatingColumnsSurviveEveryPoolingAndShrinkage(Pooling pooling) {
    double[][] rows = with(List.of((x, y) -> (double) y, (x, y) -> 4.0));
    ClassMoments moments = TwoPassMoments.of(rows, LABELS, 2);
    double[] p = new double[2];
    for (ShrinkageUnits units : ShrinkageUnits.values()) {
      for (Shrinkage shrinkage :
          List.of(
              Shrinkage.NONE,
              new Shrinkage.Fixed(0.1),
              new Shrinkage.Ridge(0.1),
              new Shrinkage.Oas(),
              new Shrinkage.Rblw())) {
        ClosedFormFit fit = ClosedForm.POOLED.with(pooling).with(shrinkage, units).fit(moments);
        assertThat(fit.diagnosis().columns(ColumnFault.CONSTANT)).containsExactly(5);
        if (pooling != Pooling.TOTAL) {
          assertThat(fit.diagnosis().columns(ColumnFault.SEPARATING)).containsExactly(4);
        }
        for (int i = 0; i < N; i++) {
          fit.model().probabilities(rows[i], p);
          assertThat(p[LABELS[i]]).as(pooling + " " + shrinkage).isGreaterThan(0.5);
        }
      }
      RidgePath path = RidgePath.of(moments, pooling, units).orElseThrow();
      assertThat(path.at(0).coefficients()).doesNotContain(Double.NaN);
      assertThat(path.at(0.01).coefficients()).doesNotContain(Double.NaN);
    }
  }

  @Test
  void fewerRowsThanFeatures() {
    int n = 12;
    int d = 30;
    double[][] rows = TwoPassMoments.gaussians(n, d, 3, 22);
    int[] labels = TwoPassMoments.turns(n, 3);
    ClassMoments moments = TwoPassMoments.of(rows, labels, 3);
    for (Deficiency deficiency : Deficiency.values()) {
      ClosedFormFit fit = ClosedForm.POOLED.with(deficiency).fit(moments);
      // n - K within the classes, and the K - 1 directions between them.
      assertThat(fit.diagnosis().rank()).isEqualTo(n - 1);
      assertThat(fit.diagnosis().separated()).isTrue();
      double[] p = new double[3];
      for (int i = 0; i < n; i++) {
        fit.model().probabilities(rows[i], p);
        assertThat(p[labels[i]]).isGreaterThan(0.9);
      }
    }
    ClosedFormFit shrunk =
        ClosedForm.POOLED.with(new Shrinkage.LedoitWolf(), ShrinkageUnits.DATA).fit(moments);
    assertThat(shrunk.diagnosis().rank()).isEqualTo(d);
    assertThat(shrunk.diagnosis().findings()).isEmpty();
    assertThat(shrunk.rho()).isBetween(0.05, 0.95);
  }

  @Test
  void absentClassesAndClassesOfOneRow() {
    double[][] rows = Arrays.copyOf(PLAIN, N + 1);
    rows[N] = new double[] {3, -3, 1, 0};
    int[] labels = new int[N + 1];
    Arrays.setAll(labels, i -> i == N ? 3 : 2 * LABELS[i]);
    ClassMoments moments = TwoPassMoments.of(rows, labels, 5);
    ClosedFormFit fit = ClosedForm.POOLED.fit(moments);
    assertThat(fit.diagnosis().absentClasses()).containsExactly(1, 4);
    assertThat(fit.diagnosis().singleRowClasses()).containsExactly(3);
    assertThat(fit.model().hasClass(1)).isFalse();
    double[] p = new double[5];
    fit.model().probabilities(rows[N], p);
    assertThat(p[1]).isZero();
    assertThat(p[4]).isZero();
    assertThat(p[0] + p[2] + p[3]).isCloseTo(1, within(1e-15));
    // The scores of the other two classes are what they are without the third.
    int[] two = new int[N];
    Arrays.setAll(two, i -> labels[i] / 2);
    double[] slope = fit.model().logitSlope(2, 0);
    ClosedFormFit without = ClosedForm.POOLED.fit(TwoPassMoments.of(PLAIN, two, 2));
    for (int j = 0; j < 4; j++) {
      // The covariance is divided by one row more.
      assertThat(slope[j])
          .isCloseTo(without.model().logitSlope(1, 0)[j] * (N + 1) / N, within(1e-11));
    }
    ClosedFormFit balanced = ClosedForm.POOLED.with(Pooling.BALANCED).fit(moments);
    assertThat(balanced.model().coefficients()).doesNotContain(Double.NaN);
    assertThat(LabelRegression.of(moments).toLogit(moments).orElseThrow().hasClass(1)).isFalse();
  }

  @Test
  void oneClassOnlyIsPredictedAlways() {
    ClassMoments moments = TwoPassMoments.of(PLAIN, new int[N], 2);
    for (Pooling pooling : Pooling.values()) {
      LinearModel model = ClosedForm.POOLED.with(pooling).fit(moments).model();
      double[] p = new double[2];
      model.probabilities(PLAIN[0], p);
      assertThat(p).containsExactly(1, 0);
      assertThat(model.coefficients()).containsOnly(0);
    }
  }

  @Test
  void unknownColumnsAreLeftOut() {
    ClassMoments moments =
        TwoPassMoments.of(PLAIN, LABELS, 2).addFeatures(new double[] {Double.NaN});
    ClosedFormFit fit = ClosedForm.POOLED.fit(moments);
    assertThat(fit.diagnosis().columns(ColumnFault.UNKNOWN)).containsExactly(4);
    assertThat(fit.model().coefficient(0, 4)).isZero();
    LinearModel plain = ClosedForm.POOLED.fit(TwoPassMoments.of(PLAIN, LABELS, 2)).model();
    assertThat(fit.model().intercepts()).containsExactly(plain.intercepts(), within(1e-12));
  }

  /** Squares overflow, vanish, or are left with so few digits that their reciprocals overflow. */
  @ParameterizedTest
  @EnumSource(Pooling.class)
  void columnsWhoseSquaresAreBeyondDoublesAreLeftOut(Pooling pooling) {
    double[] units = {1e160, 1, 1e-170, 1e-158};
    double[][] rows = new double[N][4];
    double[][] second = new double[N][1];
    for (int i = 0; i < N; i++) {
      second[i][0] = PLAIN[i][1];
      for (int j = 0; j < units.length; j++) {
        rows[i][j] = PLAIN[i][j] * units[j];
      }
    }
    ClosedForm form =
        new ClosedForm(
            pooling,
            new Shrinkage.Oas(),
            ShrinkageUnits.TOTAL_DEVIATION,
            Deficiency.LEAVE_OUT,
            WeightSemantics.FREQUENCY);
    ClosedFormFit fit = form.fit(TwoPassMoments.of(rows, LABELS, 2));
    assertThat(fit.diagnosis().columns(ColumnFault.UNKNOWN)).containsExactly(0, 2, 3);
    LinearModel alone = form.fit(TwoPassMoments.of(second, LABELS, 2)).model();
    assertThat(fit.model().coefficient(1, 1)).isCloseTo(alone.coefficient(1, 0), within(1e-12));
    assertThat(fit.model().intercepts()).containsExactly(alone.intercepts(), within(1e-12));
  }

  /**
   * Offsets of 1e8 at a deviation of 1 leave the slopes alone, to what rounding did to the rows.
   */
  @Test
  void farFromZero() {
    double[][] rows = new double[N][];
    double[][] rounded = new double[N][];
    for (int i = 0; i < N; i++) {
      rows[i] = PLAIN[i].clone();
      rounded[i] = PLAIN[i].clone();
      rows[i][0] += 1e8;
      rounded[i][0] = rows[i][0] - 1e8;
    }
    LinearModel far = ClosedForm.POOLED.fit(TwoPassMoments.of(rows, LABELS, 2)).model();
    LinearModel near = ClosedForm.POOLED.fit(TwoPassMoments.of(rounded, LABELS, 2)).model();
    assertThat(far.coefficients()).containsExactly(near.coefficients(), within(1e-12));
    // The constant is a number of size 1e8: its last place is 1.5e-8.
    double[] p = new double[2];
    double[] q = new double[2];
    for (int i = 0; i < N; i++) {
      far.probabilities(rows[i], p);
      near.probabilities(rounded[i], q);
      assertThat(p[1]).isCloseTo(q[1], within(1e-7));
    }
  }
}
