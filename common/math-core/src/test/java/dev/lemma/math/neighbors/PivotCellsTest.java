// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row's cell is that of the pivot which brute force finds nearest. */
class PivotCellsTest {
  private static float[] rows(int n, int d, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rows = new float[n * d];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void areThoseOfTheNearestPivot(Metric metric) {
    float[] pivots = rows(19, 7, 1);
    for (int j = 0; j < 7; j++) {
      pivots[j] *= 10;
    }
    float[] rows = rows(200, 7, 2);
    PivotCells cells = PivotCells.of(metric, pivots, 7);
    assertThat(cells.cells()).isEqualTo(19);
    RowBlock asking = RowBlock.dense(rows, 200, 7);
    RowBlock data = RowBlock.dense(pivots, 19, 7);
    for (int i = 0; i < 200; i++) {
      int cell = cells.cell(rows, 7 * i);
      for (int p = 0; p < 19; p++) {
        assertThat(asking.distance(metric, i, data, cell))
            .isLessThanOrEqualTo(asking.distance(metric, i, data, p) + 1e-6);
      }
    }
  }

  @Test
  void theFirstOfEqualPivotsWins() {
    float[] pivots = {1, 0, 0, 1, 0, 1};
    PivotCells cells = PivotCells.of(Metric.EUCLIDEAN, pivots, 2);
    assertThat(cells.cell(new float[] {0, 1}, 0)).isEqualTo(1);
    assertThat(cells.cell(new float[] {0.5f, 0.5f}, 0)).isZero();
  }

  @Test
  void aPartOfAPivotIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PivotCells.of(Metric.COSINE, new float[5], 2))
        .withMessage("pivots: expected rows of d = 2 values, found 5 values");
  }
}
