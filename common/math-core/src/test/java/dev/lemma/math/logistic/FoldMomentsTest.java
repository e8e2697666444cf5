// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static dev.lemma.math.logistic.MomentAssert.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.Chance;
import dev.lemma.math.random.RowKey;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoldMomentsTest {
  private static final LabelledRows ROWS = LabelledRows.random(21, 2000, 3, 8, 1e8);

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void leavingAFoldOutIsTheMomentsOfTheOthers(ScatterLayout layout) {
    FoldMoments folds = ROWS.folds(layout);
    for (int f = 0; f < 3; f++) {
      int out = f;
      LabelledRows others =
          new LabelledRows(3, 8, ROWS.rows().stream().filter(row -> row.fold() != out).toList());
      assertClose(folds.leaveOut(f), others.defined(), 1e-13);
    }
  }

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void combinesFoldByFold(ScatterLayout layout) {
    FoldMoments first = ROWS.part(0, 700).folds(layout);
    FoldMoments second = ROWS.part(700, 2000).folds(layout);
    FoldMoments all = first.merge(second);
    assertClose(all.fold(1), ROWS.folds(layout).fold(1), 1e-13);
    assertClose(all.subtract(first).fold(2), second.fold(2), 1e-13);
    assertClose(all.decay(0.25).total(), ROWS.defined().decay(0.25), 1e-13);
  }

  /** Else its noise is a column of its own, of a deviation of 1e-17 and any coefficient. */
  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void aColumnThatOnlyTheFoldLeftOutHadIsConstant(ScatterLayout layout) {
    SplittableRandom random = new SplittableRandom(22);
    double[][] x = new double[200][3];
    int[] y = new int[200];
    for (int i = 0; i < x.length; i++) {
      y[i] = i % 2;
      x[i][0] = random.nextDouble();
      x[i][2] = random.nextDouble();
      x[i][1] = i < 5 ? random.nextDouble() : 0;
    }
    LadderRows rows = LadderRows.of(2, x, y);
    java.util.Arrays.fill(rows.foldOf, 0, 5, 0);
    for (int i = 5; i < x.length; i++) {
      rows.foldOf[i] = 1 + i % 4;
    }
    ClassMoments left = rows.moments(layout).leaveOut(0);
    Design design = Design.of(left);
    assertThat(design.deviations()[1]).isZero();
    assertThat(left.mean(0)[1]).isZero();
    for (int j = 0; j < 3; j++) {
      assertThat(left.pooledScatter().get(1, j)).isZero();
    }
  }

  @Test
  void shapesMustAgree() {
    FoldMoments folds = ROWS.folds(ScatterLayout.POOLED);
    assertThatThrownBy(() -> folds.merge(FoldMoments.empty(5, 3, 8, ScatterLayout.POOLED)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moments of 3 folds cannot be combined with moments of 5 folds");
    assertThatThrownBy(() -> folds.merge(FoldMoments.empty(3, 3, 7, ScatterLayout.POOLED)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void foldsOfRandomKeysAreEvenAndFrozen() {
    SplittableRandom random = new SplittableRandom(3);
    long[] counts = new long[5];
    for (int i = 0; i < 10_000; i++) {
      counts[FoldMoments.foldOf(new RowKey(random.nextLong(), random.nextLong()), 5)]++;
    }
    assertThat(Chance.evenlySpread(counts)).isTrue();
    assertThat(FoldMoments.foldOf(new RowKey(1, 2), 1000)).isEqualTo(951);
  }
}
