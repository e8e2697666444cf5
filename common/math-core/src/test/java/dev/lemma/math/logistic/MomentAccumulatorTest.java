// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static dev.lemma.math.logistic.MomentAssert.assertClose;
import static dev.lemma.math.logistic.MomentAssert.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.linalg.PlainGramBlas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentAccumulatorTest {
  /** One-hot columns, a column far from zero, one that is rarely stored, and one constant. */
  private static LabelledRows mostlyZeros(int n, int d) {
    SplittableRandom random = new SplittableRandom(n + d);
    List<LabelledRows.Row> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      double[] x = new double[d];
      x[random.nextInt(d)] = 1;
      x[random.nextInt(d)] = random.nextDouble(-3, 3);
      x[1] = 1e8 + random.nextInt(1000);
      x[d - 1] = 7.1;
      x[0] = random.nextInt(50) == 0 ? 1e3 : 0;
      rows.add(new LabelledRows.Row(random.nextInt(3), random.nextInt(2), random.nextInt(4), x));
    }
    return new LabelledRows(2, d, rows);
  }

  /** Each row in another encoding: dense, sparse, or sparse with zeros and -0.0 stored. */
  private static FoldMoments mixed(LabelledRows rows, ScatterLayout layout, int kind) {
    MomentAccumulator accumulator = MomentAccumulator.exact(rows.shape(layout));
    int[] indices = new int[rows.features()];
    double[] values = new double[rows.features()];
    int at = 0;
    for (LabelledRows.Row row : rows.rows()) {
      int encoding = kind < 3 ? kind : at++ / 700 % 3;
      int count = 0;
      for (int j = 0; j < rows.features(); j++) {
        if (row.x()[j] != 0 || encoding == 2 && j % 5 == 0) {
          indices[count] = j;
          values[count++] = row.x()[j] == 0 && j % 2 == 0 ? -0.0 : row.x()[j];
        }
      }
      if (encoding == 0) {
        accumulator.add(row.fold(), row.k(), row.weight(), row.x());
      } else {
        accumulator.add(row.fold(), row.k(), row.weight(), indices, values, count);
      }
    }
    return accumulator.finish();
  }

  @ParameterizedTest
  @CsvSource({"PER_CLASS, 60", "POOLED, 60", "PER_CLASS, 12", "POOLED, 7"})
  void encodingsOfARowGiveTheSameBits(ScatterLayout layout, int d) {
    LabelledRows rows = mostlyZeros(5000, d);
    FoldMoments dense = mixed(rows, layout, 0);
    for (int kind = 1; kind <= 3; kind++) {
      FoldMoments other = mixed(rows, layout, kind);
      for (int f = 0; f < 3; f++) {
        assertSameBits(other.fold(f), dense.fold(f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void sparseRowsAreSummedRightly(ScatterLayout layout) {
    LabelledRows rows = mostlyZeros(5000, 60);
    List<LabelledRows.Row> weighty = rows.rows().stream().filter(row -> row.weight() > 0).toList();
    ClassMoments expected = new LabelledRows(2, 60, weighty).defined();
    ClassMoments found = mixed(rows, layout, 1).total();
    assertClose(found, expected, 1e-13);
    // The constant column has no scatter at all, and its mean is the constant.
    assertThat(found.pooledScatter().get(59, 59)).isZero();
    assertThat(found.mean(0)[59]).isEqualTo(7.1);
  }

  @ParameterizedTest
  @CsvSource({"PER_CLASS, 0", "POOLED, 0", "PER_CLASS, 1e8", "POOLED, 1e8"})
  void onePassGivesWhatTwoGive(ScatterLayout layout, double offset) {
    LabelledRows rows = LabelledRows.random(5, 7000, 4, 21, offset);
    assertClose(rows.moments(layout), rows.defined(), 1e-13);
    MomentAccumulator fast = MomentAccumulator.fast(rows.shape(layout), new PlainGramBlas());
    rows.addTo(fast);
    assertClose(fast.finish().total(), rows.defined(), 1e-13);
  }

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void classesFarApartKeepTheirDigits(ScatterLayout layout) {
    LabelledRows near = LabelledRows.random(6, 4000, 3, 8, 0);
    LabelledRows apart =
        near.with(
            row -> {
              double[] x = row.x().clone();
              for (int j = 0; j < x.length; j++) {
                x[j] += (row.k() - 1) * 0x1p27;
              }
              return new LabelledRows.Row(row.fold(), row.k(), row.weight(), x);
            });
    assertClose(apart.moments(layout), apart.defined(), 1e-13);
  }

  @Test
  void rowsThatDriftAwayFromTheFirstCostFewDigits() {
    LabelledRows rows = LabelledRows.random(7, 20_000, 2, 5, 0);
    int[] at = {0};
    LabelledRows drifting =
        rows.with(
            row -> {
              double[] x = row.x().clone();
              x[2] += 0.5 * at[0]++;
              return new LabelledRows.Row(row.fold(), row.k(), row.weight(), x);
            });
    assertClose(drifting.moments(ScatterLayout.PER_CLASS), drifting.defined(), 1e-12);
  }

  /** The second class comes when rows of the first go straight into their slots already. */
  @ParameterizedTest
  @CsvSource({"PER_CLASS, 12", "POOLED, 12", "PER_CLASS, 60"})
  void aClassThatComesLateKeepsItsPlaceAmongTheRows(ScatterLayout layout, int d) {
    int[] at = {0};
    LabelledRows rows =
        mostlyZeros(5000, d)
            .with(
                row ->
                    at[0]++ < 3000
                        ? new LabelledRows.Row(row.fold(), 0, row.weight(), row.x())
                        : row);
    FoldMoments dense = mixed(rows, layout, 0);
    for (int kind = 1; kind <= 3; kind++) {
      FoldMoments other = mixed(rows, layout, kind);
      for (int f = 0; f < 3; f++) {
        assertSameBits(other.fold(f), dense.fold(f));
      }
    }
    List<LabelledRows.Row> weighty = rows.rows().stream().filter(row -> row.weight() > 0).toList();
    assertClose(dense.total(), new LabelledRows(2, d, weighty).defined(), 1e-13);
  }

  /** More scatters than have room for slots of their own. */
  @Test
  void manyScattersShareTheirSlots() {
    LabelledRows rows = LabelledRows.random(8, 7_000, 350, 3, 1e8);
    assertClose(rows.moments(ScatterLayout.PER_CLASS), rows.defined(), 1e-13);
    FoldMoments dense = mixed(rows, ScatterLayout.PER_CLASS, 0);
    FoldMoments other = mixed(rows, ScatterLayout.PER_CLASS, 3);
    for (int f = 0; f < 3; f++) {
      assertSameBits(other.fold(f), dense.fold(f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 19})
  void theSmallestNumbersAndSignedZerosAreSummedAlikeInAllEncodings(int d) {
    double[] values = {0, -0.0, Double.MIN_VALUE, -3e-310, 1e-160, -1, 1e8, 0x1.fffffep26};
    SplittableRandom random = new SplittableRandom(d);
    List<LabelledRows.Row> list = new ArrayList<>();
    for (int r = 0; r < 2000; r++) {
      double[] x = new double[d];
      for (int j = 0; j < d; j++) {
        // The first column is never zero, so that it has a pilot.
        x[j] = j == 0 ? 1e8 + random.nextInt(4) : values[random.nextInt(values.length)];
      }
      list.add(new LabelledRows.Row(random.nextInt(3), random.nextInt(2), 1 + r % 2, x));
    }
    LabelledRows rows = new LabelledRows(2, d, list);
    assertClose(rows.moments(ScatterLayout.PER_CLASS), rows.defined(), 1e-13);
    FoldMoments dense = mixed(rows, ScatterLayout.PER_CLASS, 0);
    for (int kind = 1; kind <= 3; kind++) {
      FoldMoments other = mixed(rows, ScatterLayout.PER_CLASS, kind);
      for (int f = 0; f < 3; f++) {
        assertSameBits(other.fold(f), dense.fold(f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteSpoilsItsCellAlone(double bad) {
    int d = 11;
    LabelledRows rows = LabelledRows.random(10, 1000, 2, d, 3);
    FoldMoments clean = rows.folds(ScatterLayout.PER_CLASS);
    for (int j = 0; j < d; j++) {
      MomentAccumulator accumulator = MomentAccumulator.exact(rows.shape(ScatterLayout.PER_CLASS));
      rows.addTo(accumulator);
      double[] x = rows.rows().get(0).x().clone();
      x[j] = bad;
      accumulator.add(1, 0, 1, x);
      FoldMoments spoilt = accumulator.finish();
      assertThat(spoilt.fold(1).mean(0)[j]).isNotFinite();
      assertThat(spoilt.fold(1).scatter(0).get(j, j)).isNaN();
      assertThat(spoilt.fold(1).fourth(0)).isNaN();
      assertThat(spoilt.fold(1).scatter(1).packed()).isEqualTo(clean.fold(1).scatter(1).packed());
      assertSameBits(spoilt.fold(0), clean.fold(0));
      assertSameBits(spoilt.fold(2), clean.fold(2));
    }
  }

  @Test
  void bitsFollowFromTheOrderOfRowsAlone() {
    LabelledRows rows = LabelledRows.random(9, 3000, 2, 6, 3);
    MomentAccumulator accumulator = MomentAccumulator.exact(rows.shape(ScatterLayout.PER_CLASS));
    rows.addTo(accumulator);
    FoldMoments first = accumulator.finish();
    double[] flat = new double[6 * 3000];
    for (int r = 0; r < 3000; r++) {
      System.arraycopy(rows.rows().get(r).x(), 0, flat, 6 * r, 6);
    }
    for (int r = 0; r < 3000; r++) {
      LabelledRows.Row row = rows.rows().get(r);
      accumulator.addDense(row.fold(), row.k(), row.weight(), flat, 6 * r);
    }
    FoldMoments again = accumulator.finish();
    for (int f = 0; f < 3; f++) {
      assertSameBits(again.fold(f), first.fold(f));
    }
  }

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void anAccumulatorIsEmptyAfterItHasFinished(ScatterLayout layout) {
    LabelledRows rows = LabelledRows.random(9, 300, 2, 6, 3);
    MomentAccumulator accumulator = MomentAccumulator.exact(rows.shape(layout));
    rows.addTo(accumulator);
    accumulator.finish();
    assertSameBits(accumulator.finish().total(), ClassMoments.empty(2, 6, layout));
  }

  @Test
  void manyClassesFitInOnePooledScatter() {
    int classes = 20_000;
    int d = 3;
    MomentShape shape = MomentShape.within(5, classes, d, 100_000L);
    assertThat(shape.layout()).isEqualTo(ScatterLayout.POOLED);
    MomentAccumulator accumulator = MomentAccumulator.exact(shape);
    // Rows k - 1 and k + 1 in class k: scatter 2 in every element, four rows a class.
    for (int repeat = 0; repeat < 4; repeat++) {
      for (int k = 0; k < classes; k++) {
        double[] x = new double[d];
        Arrays.fill(x, k * 1000.0 + (repeat % 2 == 0 ? -1 : 1));
        accumulator.add(k % 5, k, 1, x);
      }
    }
    ClassMoments total = accumulator.finish().total();
    assertThat(total.rows()).isEqualTo(80_000);
    assertThat(total.rows(19_999)).isEqualTo(4);
    assertThat(total.mean(19_999)).containsOnly(19_999_000.0);
    assertThat(total.pooledScatter().packed()).containsOnly(80_000);
  }

  @Test
  void oneRowHasNoScatter() {
    MomentShape shape = new MomentShape(2, 2, 2, ScatterLayout.PER_CLASS);
    MomentAccumulator accumulator = MomentAccumulator.exact(shape);
    accumulator.add(1, 1, 0.3, new double[] {0.1, 5e8});
    accumulator.add(1, 0, 0, new double[] {Double.NaN, 1});
    ClassMoments fold = accumulator.finish().fold(1);
    assertThat(fold.mean(1)).containsExactly(0.1, 5e8);
    assertThat(fold.scatter(1).packed()).containsOnly(0);
    assertThat(fold.fourth(1)).isZero();
    assertThat(fold.rows(0)).isZero();
  }

  @Test
  void refusesRowsThatDoNotFit() {
    MomentAccumulator accumulator =
        MomentAccumulator.exact(new MomentShape(2, 3, 4, ScatterLayout.POOLED));
    double[] x = new double[4];
    assertThatThrownBy(() -> accumulator.add(0, 3, 1, x))
        .hasMessage("there are 2 folds and 3 classes, found fold 0 and class 3");
    assertThatThrownBy(() -> accumulator.add(0, 0, -1, x))
        .hasMessage("a weight must be finite and not negative, found -1.0");
    assertThatThrownBy(() -> accumulator.add(0, 0, Double.NaN, x))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> accumulator.add(0, 0, 1, new double[3]))
        .hasMessage("there are 4 features, found a row of 3");
    assertThatThrownBy(() -> accumulator.add(0, 0, 1, new int[] {2, 2}, x, 2))
        .hasMessage("indices of a sparse row must be strictly ascending from 0, found 2 behind 2");
    assertThatThrownBy(() -> accumulator.add(0, 0, 1, new int[] {4}, x, 1))
        .hasMessage("there are 4 features, found index 4");
    assertThat(accumulator.finish().total().rows()).isZero();
  }
}
