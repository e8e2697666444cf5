// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against EJML, and against matrices whose values are known. */
class SmallSvdTest {
  private static double[][] columns(int p, int q, long seed) {
    double[] numbers = Matrices.vector(p * q, seed);
    double[][] columns = new double[q][];
    Arrays.setAll(columns, j -> Arrays.copyOfRange(numbers, j * p, (j + 1) * p));
    return columns;
  }

  @ParameterizedTest
  @CsvSource({"9, 9", "20, 7", "7, 20", "1, 1", "1, 5", "5, 1"})
  void agreesWithEjmlAndComposesTheMatrix(int p, int q) {
    double[][] columns = columns(p, q, 4);
    SmallSvd svd = SmallSvd.of(columns).orElseThrow();
    DMatrixRMaj matrix = new DMatrixRMaj(p, q);
    for (int j = 0; j < q; j++) {
      for (int i = 0; i < p; i++) {
        matrix.set(i, j, columns[j][i]);
      }
    }
    var oracle = DecompositionFactory_DDRM.svd(p, q, false, false, true);
    oracle.decompose(matrix.copy());
    double[] values = oracle.getSingularValues().clone();
    Arrays.sort(values);
    int count = Math.min(p, q);
    for (int r = 0; r < count; r++) {
      assertThat(svd.value(r))
          .isCloseTo(values[values.length - 1 - r], within(1e-14 * svd.value(0)));
    }
    for (int j = 0; j < q; j++) {
      for (int i = 0; i < p; i++) {
        double sum = 0;
        for (int r = 0; r < count; r++) {
          sum += svd.left(r)[i] * svd.value(r) * svd.right(r)[j];
        }
        assertThat(sum).isCloseTo(columns[j][i], within(1e-14 * svd.value(0) * q));
      }
    }
  }

  @Test
  void gradedColumnsKeepTheirDigits() {
    double[][] columns = columns(6, 6, 9);
    double[][] graded = new double[6][];
    for (int j = 0; j < 6; j++) {
      double factor = Math.scalb(1.0, -30 * j);
      graded[j] = Arrays.stream(columns[j]).map(x -> x * factor).toArray();
    }
    SmallSvd svd = SmallSvd.of(graded).orElseThrow();
    // The product of all values is the determinant, which scales exactly.
    double product = 1;
    double plain = 1;
    SmallSvd reference = SmallSvd.of(columns).orElseThrow();
    for (int r = 0; r < 6; r++) {
      product *= Math.scalb(svd.value(r), 30 * r);
      plain *= reference.value(r);
    }
    assertThat(product).isCloseTo(plain, within(1e-12 * plain));
  }

  @Test
  void zerosAndExtremesAreNoTrouble() {
    assertThat(SmallSvd.of(new double[3][2]).orElseThrow().value(0)).isZero();
    SmallSvd large = SmallSvd.of(new double[][] {{3e300, 4e300}}).orElseThrow();
    assertThat(large.value(0)).isCloseTo(5e300, within(1e285));
    assertThat(SmallSvd.of(new double[][] {{3e-310, 4e-310}}).orElseThrow().value(0))
        .isCloseTo(5e-310, within(1e-322));
    assertThat(SmallSvd.of(new double[0][]).orElseThrow().size()).isZero();
  }

  @Test
  void refusesWhatIsNoMatrix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallSvd.of(new double[][] {{1}, {1, 2}}))
        .withMessage("columns must have one length, found 1 and 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallSvd.of(new double[][] {{Double.NaN}}))
        .withMessage("a matrix with an element that is not finite");
  }
}
