// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagonalMomentsTest {
  private static final int N = 500;
  private static final int D = 6;
  private static final int K = 3;

  /** Rows x, label, weight; whole numbers of eighths, so that an offset leaves them as they are. */
  private static double[][] rows(double offset) {
    SplittableRandom random = new SplittableRandom(3);
    double[][] rows = new double[N][D];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < D; j++) {
        boolean empty = random.nextInt(3) == 0;
        rows[i][j] = offset + (empty ? 0 : random.nextInt(40) / 8.0 + (i % K == j ? 1 : 0));
      }
    }
    return rows;
  }

  private static double weight(int i) {
    return 1 + i % 4 / 4.0;
  }

  private static DiagonalMoments dense(double[][] rows, int from, int to) {
    DiagonalMoments moments = new DiagonalMoments(0, D);
    for (int i = from; i < to; i++) {
      moments.add(i % K, weight(i), rows[i]);
    }
    return moments;
  }

  @Test
  void theModelIsThatOfTheDiagonalOfTheScatter() {
    double[][] rows = rows(0);
    MomentAccumulator accumulator =
        MomentAccumulator.exact(new MomentShape(1, K, D, ScatterLayout.POOLED));
    for (int i = 0; i < N; i++) {
      accumulator.add(0, i % K, weight(i), rows[i]);
    }
    LinearModel expected =
        ClosedForm.POOLED.with(Pooling.DIAGONAL).fit(accumulator.finish().total()).model();
    LinearModel found = dense(rows, 0, N).fit().model();
    assertThat(found.coefficients()).containsExactly(expected.coefficients(), within(1e-12));
    assertThat(found.intercepts()).containsExactly(expected.intercepts(), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e6, 1e8, -1e8})
  void anOffsetCostsNoDigits(double offset) {
    LinearModel plain = dense(rows(0), 0, N).fit().model();
    DiagonalMoments far = dense(rows(offset), 0, N);
    assertThat(far.fit().model().coefficients())
        .containsExactly(plain.coefficients(), within(1e-11));
    assertThat(far.fit().diagnosis().rank()).isEqualTo(D);
  }

  @Test
  void sparseRowsAndPartsAreTheSameRows() {
    double[][] rows = rows(0);
    DiagonalMoments sparse = new DiagonalMoments(K, D);
    for (int i = 0; i < N; i++) {
      int[] columns = new int[D];
      double[] values = new double[D];
      int count = 0;
      for (int j = 0; j < D; j++) {
        if (rows[i][j] != 0) {
          columns[count] = j;
          values[count++] = rows[i][j];
        }
      }
      sparse.add(i % K, weight(i), columns, values, count);
    }
    LinearModel whole = dense(rows, 0, N).fit().model();
    assertThat(sparse.fit().model()).isEqualTo(whole);
    // The other part calls the classes 2, 0, 1.
    DiagonalMoments other = new DiagonalMoments(0, D);
    for (int i = 200; i < N; i++) {
      other.add((i % K + 2) % K, weight(i), rows[i]);
    }
    DiagonalMoments parts = dense(rows, 0, 200).merge(other, new int[] {1, 2, 0});
    assertThat(parts.rows(0)).isEqualTo(167);
    assertThat(parts.fit().model().coefficients())
        .containsExactly(whole.coefficients(), within(1e-13));
  }

  @Test
  void featuresWithoutAVarianceAreLeftOut() {
    DiagonalMoments moments = new DiagonalMoments(2, 6);
    for (int i = 0; i < 60; i++) {
      double x = i % 7;
      moments.add(
          i % 2,
          1,
          new double[] {1e8 + 0.1, i % 2 == 0 ? 0.1 : 0.3, x, 1e160 * x, 1e-158 * x, 1e-170 * x});
    }
    ClosedFormFit fit = moments.fit();
    assertThat(fit.diagnosis().findings())
        .isEqualTo(
            List.of(
                new ColumnFinding(0, ColumnFault.CONSTANT, List.of()),
                new ColumnFinding(1, ColumnFault.SEPARATING, List.of()),
                new ColumnFinding(3, ColumnFault.UNKNOWN, List.of()),
                new ColumnFinding(4, ColumnFault.UNKNOWN, List.of()),
                new ColumnFinding(5, ColumnFault.UNKNOWN, List.of())));
    assertThat(fit.model().coefficient(1, 0)).isZero();
    assertThat(fit.model().coefficient(1, 1)).isZero();
    assertThat(moments.deviations()[1]).isCloseTo(0.1, within(1e-12));
  }
}
