// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 33, 70})
  void solvesAndInverts(int d) {
    double[] a = Matrices.gram(d, 2 * d, 4);
    Cholesky cholesky = Cholesky.of(PackedSymmetric.of(d, a)).orElseThrow();
    double[] x = Matrices.vector(d, 5);
    double[] b = Matrices.times(a, x);
    double[] solved = cholesky.solve(b);
    double[] inverse = cholesky.inverse().packed();
    double[] byInverse = Matrices.times(inverse, b);
    // Condition numbers are below 1e4 here: 1e-16 times that times a little.
    for (int j = 0; j < d; j++) {
      assertThat(solved[j]).isCloseTo(x[j], within(1e-11));
      assertThat(byInverse[j]).isCloseTo(x[j], within(1e-10));
    }
    double[] half = b.clone();
    cholesky.halfSolveInPlace(half);
    double quadratic = 0;
    double expected = 0;
    for (int j = 0; j < d; j++) {
      quadratic += half[j] * half[j];
      expected += b[j] * x[j];
    }
    assertThat(quadratic).isCloseTo(expected, within(1e-11 * expected));
  }

  @Test
  void knowsTheDeterminantAndTheConditionOfADiagonalMatrix() {
    Cholesky cholesky =
        Cholesky.of(PackedSymmetric.of(3, new double[] {4, 0, 1e-3, 0, 0, 2})).orElseThrow();
    assertThat(cholesky.logDeterminant()).isCloseTo(Math.log(8e-3), within(1e-14));
    assertThat(cholesky.conditionEstimate()).isCloseTo(4000, within(1e-9));
  }

  /** The Hilbert matrix of order 8: its condition number in the 1-norm is 3.387e10. */
  @Test
  void estimatesTheConditionOfAnIllConditionedMatrix() {
    int d = 8;
    double[] hilbert = new double[Packed.column(d)];
    for (int j = 0; j < d; j++) {
      for (int i = 0; i <= j; i++) {
        hilbert[Packed.column(j) + i] = 1.0 / (i + j + 1);
      }
    }
    double estimate = Cholesky.of(PackedSymmetric.of(d, hilbert)).orElseThrow().conditionEstimate();
    assertThat(estimate).isBetween(3.387e10 / 3, 3.39e10);
  }

  @Test
  void refusesWhatIsNotPositiveDefinite() {
    assertThat(Cholesky.of(PackedSymmetric.of(2, new double[] {1, 1, 1}))).isEmpty();
    assertThat(Cholesky.of(PackedSymmetric.of(2, new double[] {1, 2, 1}))).isEmpty();
    assertThat(Cholesky.of(PackedSymmetric.of(1, new double[] {Double.NaN}))).isEmpty();
    assertThat(Cholesky.of(PackedSymmetric.of(1, new double[] {Double.POSITIVE_INFINITY})))
        .isEmpty();
    assertThat(Cholesky.of(PackedSymmetric.of(0, new double[0]))).isPresent();
    Cholesky one = Cholesky.of(PackedSymmetric.of(1, new double[] {1})).orElseThrow();
    assertThatThrownBy(() -> one.solve(new double[2]))
        .hasMessage("a right-hand side must have 1 numbers, found 2");
  }

  @Test
  void pivotingTakesEveryColumnOfARegularMatrix() {
    int d = 20;
    double[] a = Matrices.gram(d, 40, 4);
    PivotedCholesky pivoted = PivotedCholesky.of(PackedSymmetric.of(d, a), 1e-12);
    double[] b = Matrices.vector(d, 6);
    double[] expected = Cholesky.of(PackedSymmetric.of(d, a)).orElseThrow().solve(b);
    assertThat(pivoted.rank()).isEqualTo(d);
    assertThat(pivoted.dependent()).isEmpty();
    double[] x = pivoted.solve(b);
    for (int j = 0; j < d; j++) {
      assertThat(x[j]).isCloseTo(expected[j], within(1e-11));
    }
  }

  /** Columns 3 and 5 are made from others: 3 = 2 x0 - x1, 5 = x4. */
  @Test
  void pivotingFindsTheColumnsThatDependOnOthers() {
    int n = 30;
    double[] rows = new double[n * 6];
    double[] noise = Matrices.vector(n * 6, 7);
    for (int r = 0; r < n; r++) {
      System.arraycopy(noise, r * 6, rows, r * 6, 6);
      rows[r * 6 + 3] = 2 * rows[r * 6] - rows[r * 6 + 1];
      rows[r * 6 + 5] = rows[r * 6 + 4];
    }
    double[] a = Matrices.correlation(Matrices.gramOf(rows, n, 6));
    PivotedCholesky pivoted = PivotedCholesky.of(PackedSymmetric.of(6, a), 1e-12);
    assertThat(pivoted.rank()).isEqualTo(4);
    int[] dependent = pivoted.dependent();
    assertThat(dependent).hasSize(2).contains(5);
    assertThat(dependent[0]).isIn(0, 1, 3);
    // What is said of a column holds: the combination of the others gives its row of A.
    int[] taken = pivoted.independent();
    for (int p = 0; p < 2; p++) {
      assertThat(Math.abs(pivoted.left(p))).isLessThan(1e-13);
      double[] combination = pivoted.combination(p);
      for (int row = 0; row < 6; row++) {
        double sum = 0;
        for (int i = 0; i < taken.length; i++) {
          sum += combination[i] * Matrices.at(a, row, taken[i]);
        }
        assertThat(sum).isCloseTo(Matrices.at(a, row, dependent[p]), within(1e-12));
      }
    }
    // A right-hand side in the range of A is solved, with 0 for the dependent columns.
    double[] b = Matrices.times(a, new double[] {1, 2, 3, 4, 5, 6});
    double[] x = pivoted.solve(b);
    assertThat(Matrices.times(a, x)).containsExactly(b, within(1e-11));
    assertThat(x[dependent[0]]).isZero();
    assertThat(x[5]).isZero();
  }

  @Test
  void pivotingSurvivesTheZeroMatrixAndTiesGoToTheFirst() {
    PivotedCholesky zero = PivotedCholesky.of(PackedSymmetric.of(3, new double[6]), 1e-12);
    assertThat(zero.rank()).isZero();
    assertThat(zero.solve(new double[3])).containsExactly(0, 0, 0);
    assertThat(zero.combination(1)).isEmpty();
    double[] ones = new double[6];
    Arrays.fill(ones, 1);
    assertThat(PivotedCholesky.of(PackedSymmetric.of(3, ones), 1e-12).independent())
        .containsExactly(0);
    assertThatThrownBy(() -> PivotedCholesky.of(PackedSymmetric.of(3, ones), 1))
        .hasMessage("the tolerance of the rank must lie in [0, 1), found 1.0");
    assertThatThrownBy(
            () -> PivotedCholesky.of(PackedSymmetric.of(1, new double[] {Double.NaN}), 0))
        .hasMessage("diagonal element 0 is not finite");
  }
}
