// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against full matrices of small integers, where every sum is exact. */
class PackedSymmetricTest {
  private static final Offset<Double> EXACT = within(0.0);
  private static final int D = 7;

  private final double[] dense = new double[D * D];
  private final double[] v = new double[D];
  private final PackedSymmetric matrix;

  PackedSymmetricTest() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < D; i++) {
      v[i] = random.nextInt(-9, 10);
      for (int j = i; j < D; j++) {
        dense[i * D + j] = random.nextInt(-9, 10);
        dense[j * D + i] = dense[i * D + j];
      }
    }
    matrix = PackedSymmetric.zero(D);
    for (int i = 0; i < D; i++) {
      for (int j = i; j < D; j++) {
        matrix.set(i, j, dense[i * D + j]);
      }
    }
  }

  @Test
  void packsTheUpperTriangleByColumns() {
    PackedSymmetric three = PackedSymmetric.of(3, new double[] {1, 2, 3, 4, 5, 6});
    assertThat(three.toDense()).containsExactly(1, 2, 4, 2, 3, 5, 4, 5, 6);
    assertThat(three.get(0, 2)).isEqualTo(4);
    assertThat(three.get(2, 0)).isEqualTo(4);
    assertThat(three.diagonal()).containsExactly(1, 3, 6);
    three.set(2, 1, 9);
    assertThat(three.packed()[PackedSymmetric.index(1, 2)]).isEqualTo(9);
  }

  @Test
  void becomesDenseAgain() {
    assertThat(matrix.toDense()).isEqualTo(dense);
    assertThat(PackedSymmetric.ofDiagonal(v).toDense()[2 * D + 2]).isEqualTo(v[2]);
    assertThat(PackedSymmetric.ofDiagonal(v).trace()).isEqualTo(java.util.Arrays.stream(v).sum());
  }

  @Test
  void multipliesLikeTheFullMatrix() {
    double[] product = new double[D];
    matrix.multiply(v, product);
    double quadratic = 0;
    double squares = 0;
    for (int i = 0; i < D; i++) {
      double expected = 0;
      for (int j = 0; j < D; j++) {
        expected += dense[i * D + j] * v[j];
        squares += dense[i * D + j] * dense[i * D + j];
      }
      assertThat(product[i]).isCloseTo(expected, EXACT);
      quadratic += v[i] * expected;
    }
    assertThat(matrix.quadratic(v)).isCloseTo(quadratic, EXACT);
    assertThat(matrix.frobeniusSquared()).isCloseTo(squares, EXACT);
  }

  @Test
  void addsAndScalesInPlace() {
    PackedSymmetric changed = matrix.copy();
    changed.addScaledInPlace(2, matrix);
    changed.addRankOneInPlace(-3, v);
    changed.addToDiagonalInPlace(5);
    changed.scaleInPlace(2);
    changed.scaleBothSidesInPlace(v);
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < D; j++) {
        double sum = 3 * dense[i * D + j] - 3 * v[i] * v[j] + (i == j ? 5 : 0);
        assertThat(changed.get(i, j)).isCloseTo(2 * sum * v[i] * v[j], EXACT);
      }
    }
    assertThat(matrix.toDense()).as("a copy has its own memory").isEqualTo(dense);
  }

  @Test
  void selectsInTheOrderGiven() {
    PackedSymmetric chosen = matrix.select(new int[] {4, 0, 5});
    assertThat(chosen.order()).isEqualTo(3);
    assertThat(chosen.get(0, 1)).isEqualTo(dense[4 * D]);
    assertThat(chosen.get(2, 2)).isEqualTo(dense[5 * D + 5]);
  }

  @Test
  void countsElementsUpToTheLargestOrder() {
    assertThat(PackedSymmetric.length(PackedSymmetric.MAX_ORDER)).isEqualTo(2_147_450_880);
    assertThat(PackedSymmetric.index(65_534, 65_534)).isEqualTo(2_147_450_879);
    assertThatThrownBy(() -> PackedSymmetric.length(65_536))
        .hasMessage("the order of a packed matrix must lie in 0 to 65535, found 65536");
  }

  @Test
  void refusesOtherSizes() {
    assertThatThrownBy(() -> PackedSymmetric.of(3, new double[5]))
        .hasMessage("a packed matrix of order 3 has 6 elements, found 5");
    assertThatThrownBy(() -> matrix.addRankOneInPlace(1, new double[6]))
        .hasMessage("the matrix has order 7, the vector given 6");
  }
}
