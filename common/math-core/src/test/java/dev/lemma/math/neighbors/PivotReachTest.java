// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No row within the radius lies in a cell that is left out, and cells far away are left out. */
class PivotReachTest {
  private static final int D = 6;
  private static final int ROWS = 600;
  private static final int PIVOTS = 70;

  /** Rows around centres, all moved by the same offset. */
  private static float[] rows(int n, double spread, double offset, long seed) {
    SplittableRandom centres = new SplittableRandom(seed);
    float[] rows = new float[n * D];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) (offset + centres.nextGaussian());
    }
    SplittableRandom noise = new SplittableRandom(seed + 1);
    for (int i = n / 4 * D; i < rows.length; i++) {
      rows[i] = (float) (rows[i % (n / 4 * D)] + spread * noise.nextGaussian());
    }
    return rows;
  }

  private static boolean has(long[] set, int cell) {
    return (set[cell / 64] >>> cell % 64 & 1) != 0;
  }

  /** Pairs within the radius in different cells. */
  private static int checked(Metric metric, float[] rows, float[] pivots, double radius) {
    PivotReach reach = PivotReach.of(metric, pivots, D, radius);
    int n = rows.length / D;
    long[][] sets = new long[n][reach.words()];
    int[] cells = new int[n];
    PivotCells own = PivotCells.of(metric, pivots, D);
    for (int i = 0; i < n; i++) {
      assertThat(reach.isSafe(rows, D * i)).isTrue();
      cells[i] = reach.of(rows, D * i, sets[i], 0);
      assertThat(cells[i]).isEqualTo(own.cell(rows, D * i));
      assertThat(has(sets[i], cells[i])).isTrue();
    }
    RowBlock block = RowBlock.dense(rows, n, D);
    int crossing = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (block.distance(metric, i, block, j) <= radius) {
          assertThat(has(sets[i], cells[j])).as("%d %d", i, j).isTrue();
          crossing += cells[i] == cells[j] ? 0 : 1;
        }
      }
    }
    return crossing;
  }

  /** At an offset of 3,000 scores are off by more than the rows are apart. */
  @ParameterizedTest
  @CsvSource({
    "EUCLIDEAN, 0.3, 0, 0.8",
    "EUCLIDEAN, 0.001, 3000, 0.003",
    "COSINE, 0.3, 0, 0.1",
    "COSINE, 0.3, 0, 0.9"
  })
  void noneWithinTheRadiusIsLeftOut(Metric metric, double spread, double offset, double radius) {
    float[] pivots = rows(PIVOTS, 0.5, offset, 3);
    int crossing = checked(metric, rows(ROWS, spread, offset, 5), pivots, radius);
    assertThat(crossing).isGreaterThanOrEqualTo(10);
  }

  /** Rows of one direction are equal to the cosine, but rounding puts some into another cell. */
  @Test
  void rowsOfOneDirectionReachEachOther() {
    float[] pivots = rows(PIVOTS, 0.5, 0, 3);
    float[] rows = new float[D * 2 * ROWS];
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 2 * ROWS; i += 2) {
      // On the plane between two pivots of length 1.
      int p = D * random.nextInt(PIVOTS);
      int q = D * random.nextInt(PIVOTS);
      double a = length(pivots, p);
      double b = length(pivots, q);
      for (int j = 0; j < D; j++) {
        double middle = pivots[p + j] / a + pivots[q + j] / b;
        rows[D * i + j] = (float) middle;
        rows[D * (i + 1) + j] = (float) (middle * 0.7);
      }
    }
    assertThat(checked(Metric.COSINE, rows, pivots, 1e-14)).isGreaterThanOrEqualTo(10);
  }

  private static double length(float[] rows, int at) {
    double square = 0;
    for (int j = 0; j < D; j++) {
      square += (double) rows[at + j] * rows[at + j];
    }
    return Math.sqrt(square);
  }

  /** A plane halfway between two pivots, and rows on both sides of it. */
  @ParameterizedTest
  @CsvSource({"EUCLIDEAN", "COSINE"})
  void whatIsFartherThanThePlaneIsLeftOut(Metric metric) {
    float[] pivots = {1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};
    boolean angles = metric == Metric.COSINE;
    // At 30 degrees to the plane, of length 1: 1 / 2 away, which is a cosine distance of 1 / 8.
    float[] row = angles ? new float[] {0.9659258f, 0.2588190f, 0, 0, 0, 0} : pivots;
    double distance = angles ? 0.125 : Math.sqrt(0.5);
    long[] set = new long[1];
    assertThat(PivotReach.of(metric, pivots, D, 0.999 * distance).of(row, 0, set, 0)).isZero();
    assertThat(set[0]).isEqualTo(1);
    PivotReach.of(metric, pivots, D, 1.001 * distance).of(row, 0, set, 0);
    assertThat(set[0]).isEqualTo(3);
  }

  @Test
  void rowsWhoseSumsOverflowAreNotSafe() {
    float[] pivots = rows(PIVOTS, 0.5, 0, 3);
    PivotReach far = PivotReach.of(Metric.EUCLIDEAN, pivots, D, 1);
    assertThat(far.isSafe(new float[] {1e36f, 0, 0, 0, 0, 0}, 0)).isTrue();
    assertThat(far.isSafe(new float[] {3e38f, 0, 0, 0, 0, 0}, 0)).isFalse();
    PivotReach angles = PivotReach.of(Metric.COSINE, pivots, D, 0.5);
    assertThat(angles.isSafe(new float[D], 0)).isTrue();
    assertThat(angles.isSafe(new float[] {1e-30f, 0, 0, 0, 0, 0}, 0)).isFalse();
    assertThat(angles.isSafe(new float[] {1e20f, 0, 0, 0, 0, 0}, 0)).isFalse();
  }

  @Test
  void aRadiusThatTellsNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PivotReach.of(Metric.COSINE, new float[D], D, 1))
        .withMessage("radius of cells: expected at least 0 and below 1.0, found 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PivotReach.of(Metric.EUCLIDEAN, new float[D], D, Double.NaN));
  }
}
