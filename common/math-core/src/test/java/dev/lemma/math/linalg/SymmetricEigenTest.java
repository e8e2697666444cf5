// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40, 90})
  void vectorsTimesValuesGiveTheMatrixBack(int d) {
    double[] a = Matrices.gram(d, d + 3, 8);
    SymmetricEigen eigen = SymmetricEigen.of(PackedSymmetric.of(d, a)).orElseThrow();
    double[] x = Matrices.vector(d, 9);
    double[] coordinates = eigen.coordinates(x);
    double length = 0;
    double same = 0;
    for (int r = 0; r < d; r++) {
      length += coordinates[r] * coordinates[r];
      same += x[r] * x[r];
      coordinates[r] *= eigen.value(r);
      assertThat(eigen.value(r)).isLessThanOrEqualTo(eigen.value(Math.max(0, r - 1)));
    }
    assertThat(length).isCloseTo(same, within(1e-12 * same));
    double[] product = eigen.combine(coordinates);
    double[] expected = Matrices.times(a, x);
    for (int j = 0; j < d; j++) {
      assertThat(product[j]).isCloseTo(expected[j], within(1e-13 * d * eigen.value(0)));
    }
  }

  /** Eigenvalues 3 and 1 of (2 1; 1 2); the largest component of each vector is positive. */
  @Test
  void ordersValuesAndFixesSigns() {
    SymmetricEigen eigen =
        SymmetricEigen.of(PackedSymmetric.of(2, new double[] {2, 1, 2})).orElseThrow();
    assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-14));
    double h = Math.sqrt(0.5);
    assertThat(eigen.vector(0)).containsExactly(new double[] {h, h}, within(1e-14));
    assertThat(Math.abs(eigen.vector(1)[0])).isCloseTo(h, within(1e-14));
  }

  /** A = diag(4, 1, 0) turned by nothing: the shortest solution leaves the null direction out. */
  @Test
  void solvesSingularSystemsWithTheShortestVector() {
    SymmetricEigen eigen =
        SymmetricEigen.of(PackedSymmetric.of(3, new double[] {4, 0, 0, 0, 0, 1})).orElseThrow();
    assertThat(eigen.rank(1e-12)).isEqualTo(2);
    assertThat(eigen.solve(new double[] {8, 5, 3}, 1e-12))
        .containsExactly(new double[] {2, 0, 3}, within(1e-14));
    // Two equal columns share what one would have.
    SymmetricEigen ones =
        SymmetricEigen.of(PackedSymmetric.of(2, new double[] {1, 1, 1})).orElseThrow();
    assertThat(ones.solve(new double[] {1, 1}, 1e-12))
        .containsExactly(new double[] {0.5, 0.5}, within(1e-14));
  }

  @Test
  void refusesWhatIsNotFinite() {
    assertThatThrownBy(() -> SymmetricEigen.of(PackedSymmetric.of(1, new double[] {Double.NaN})))
        .hasMessage("a matrix with an element that is not finite");
    assertThat(SymmetricEigen.of(PackedSymmetric.of(0, new double[0])).orElseThrow().rank(0))
        .isZero();
    assertThatThrownBy(
            () ->
                SymmetricEigen.of(PackedSymmetric.of(1, new double[] {1}))
                    .orElseThrow()
                    .combine(new double[2]))
        .hasMessage("a vector must have 1 numbers, found 2");
  }
}
