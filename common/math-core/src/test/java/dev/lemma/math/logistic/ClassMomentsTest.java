// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static dev.lemma.math.logistic.MomentAssert.assertClose;
import static dev.lemma.math.logistic.MomentAssert.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassMomentsTest {
  private static final LabelledRows ROWS = LabelledRows.random(1, 3000, 3, 9, 0);

  @ParameterizedTest
  @CsvSource({"PER_CLASS, 0", "POOLED, 0", "PER_CLASS, 1e8", "POOLED, 1e8", "PER_CLASS, -1e8"})
  void mergedPartsAreTheWhole(ScatterLayout layout, double offset) {
    LabelledRows rows = LabelledRows.random(2, 3000, 3, 9, offset);
    ClassMoments merged = ClassMoments.empty(3, 9, layout);
    for (int from = 0; from < 3000; from += 125) {
      merged = merged.merge(rows.part(from, from + 125).moments(layout));
    }
    assertClose(merged, rows.defined(), 1e-13);
  }

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void subtractingUndoesMerging(ScatterLayout layout) {
    LabelledRows left = LabelledRows.random(3, 1000, 3, 9, 1e8);
    ClassMoments removed = LabelledRows.random(4, 4000, 3, 9, 1e8 + 4).moments(layout);
    ClassMoments found = left.moments(layout).merge(removed).subtract(removed);
    // The part removed lies some spreads away: fourth sums a thousand times what is left cancel.
    assertClose(found, left.defined(), 1e-11);
    assertClose(removed.merge(left.moments(layout)).subtract(removed), left.defined(), 1e-11);
  }

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void thirtyDaysAddedAndTwentyNineRemoved(ScatterLayout layout) {
    List<ClassMoments> days = new ArrayList<>();
    for (int day = 0; day < 30; day++) {
      days.add(LabelledRows.random(100 + day, 600, 3, 9, 1e8).moments(layout));
    }
    ClassMoments window = ClassMoments.empty(3, 9, layout);
    for (ClassMoments day : days) {
      window = window.merge(day);
    }
    for (ClassMoments day : days.subList(0, 29)) {
      window = window.subtract(day);
    }
    assertClose(window, LabelledRows.random(129, 600, 3, 9, 1e8).defined(), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void theOrderOfMergingChangesRoundingOnly(ScatterLayout layout) {
    List<ClassMoments> parts = new ArrayList<>();
    for (int from = 0; from < 3000; from += 100) {
      parts.add(ROWS.part(from, from + 100).moments(layout));
    }
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(parts, new Random(seed));
      ClassMoments merged = parts.stream().reduce(ClassMoments::merge).orElseThrow();
      assertClose(merged, ROWS.defined(), 1e-13);
    }
  }

  @ParameterizedTest
  @EnumSource(ScatterLayout.class)
  void whatLosesAllRowsIsExactlyEmpty(ScatterLayout layout) {
    ClassMoments all = ROWS.moments(layout);
    ClassMoments twice = all.merge(ROWS.part(0, 500).moments(layout));
    ClassMoments none = twice.subtract(all).subtract(ROWS.part(0, 500).moments(layout));
    assertSameBits(none, ClassMoments.empty(3, 9, layout));
    assertThat(none.effectiveRows(0)).isZero();
  }

  @Test
  void aClassCanBeEmptiedAlone() {
    LabelledRows zeros = ROWS.with(row -> new LabelledRows.Row(0, 0, row.weight(), row.x()));
    ClassMoments all = ROWS.defined().merge(zeros.defined());
    assertThat(all.subtract(ROWS.defined()).rows(1)).isZero();
    assertThat(all.subtract(ROWS.defined()).mean(1)).containsOnly(0);
    assertClose(all.subtract(ROWS.defined()), zeros.defined(), 1e-12);
  }

  @Test
  void decayMultipliesWeights() {
    ClassMoments decayed = ROWS.moments(ScatterLayout.PER_CLASS).decay(0.3);
    LabelledRows lighter =
        ROWS.with(row -> new LabelledRows.Row(row.fold(), row.k(), 0.3 * row.weight(), row.x()));
    assertClose(decayed, lighter.defined(), 1e-13);
    assertClose(ROWS.moments(ScatterLayout.POOLED).decay(0.3), lighter.defined(), 1e-13);
    assertThatThrownBy(() -> decayed.decay(0))
        .hasMessage("the decay factor must lie in (0, 1], found 0.0");
  }

  @Test
  void whatDecayedAlikeCanBeSubtracted() {
    ClassMoments part = ROWS.part(0, 1000).moments(ScatterLayout.PER_CLASS);
    ClassMoments rest = ROWS.part(1000, 3000).moments(ScatterLayout.PER_CLASS);
    ClassMoments found = part.merge(rest).decay(0.5).subtract(part.decay(0.5));
    assertClose(found, rest.decay(0.5), 1e-12);
  }

  @Test
  void weightTwoIsTheRowTwice() {
    LabelledRows doubled = ROWS.with(row -> new LabelledRows.Row(row.fold(), row.k(), 2, row.x()));
    LabelledRows once = ROWS.with(row -> new LabelledRows.Row(row.fold(), row.k(), 1, row.x()));
    ClassMoments weighted = doubled.moments(ScatterLayout.PER_CLASS);
    ClassMoments single = once.moments(ScatterLayout.PER_CLASS);
    ClassMoments twice = single.merge(single);
    for (int k = 0; k < 3; k++) {
      assertThat(weighted.weight(k)).isEqualTo(twice.weight(k));
      assertThat(weighted.fourth(k)).isCloseTo(twice.fourth(k), within(1e-13 * twice.fourth(k)));
      double norm = Math.sqrt(twice.scatter(k).frobeniusSquared());
      var difference = weighted.scatter(k);
      difference.addScaledInPlace(-1, twice.scatter(k));
      assertThat(Math.sqrt(difference.frobeniusSquared())).isLessThan(1e-14 * norm);
      assertThat(weighted.effectiveRows(k)).isEqualTo(single.effectiveRows(k));
    }
  }

  @Test
  void featuresAreKeptInTheOrderGiven() {
    int[] kept = {7, 0, 3};
    LabelledRows narrow =
        new LabelledRows(
            3,
            3,
            ROWS.with(
                    row ->
                        new LabelledRows.Row(
                            row.fold(),
                            row.k(),
                            row.weight(),
                            new double[] {row.x()[7], row.x()[0], row.x()[3]}))
                .rows());
    for (ScatterLayout layout : ScatterLayout.values()) {
      ClassMoments found = ROWS.moments(layout).keepFeatures(kept);
      assertThat(found.hasHigherMoments()).isFalse();
      assertClose(found, narrow.defined(), 1e-13);
    }
    assertThatThrownBy(() -> ROWS.defined().keepFeatures(new int[] {1, 1}))
        .hasMessage("feature 1 is to be kept twice");
  }

  @Test
  void aPermutationKeepsTheHigherSums() {
    ClassMoments turned = ROWS.defined().keepFeatures(new int[] {8, 7, 6, 5, 4, 3, 2, 1, 0});
    assertThat(turned.fourth(1)).isEqualTo(ROWS.defined().fourth(1));
    assertThat(turned.third(1)[8]).isEqualTo(ROWS.defined().third(1)[0]);
  }

  @Test
  void aNewFeatureIsTheConstantThatItWas() {
    LabelledRows wide =
        new LabelledRows(
            3,
            11,
            ROWS.with(
                    row -> {
                      double[] x = java.util.Arrays.copyOf(row.x(), 11);
                      x[10] = 2.5;
                      return new LabelledRows.Row(row.fold(), row.k(), row.weight(), x);
                    })
                .rows());
    for (ScatterLayout layout : ScatterLayout.values()) {
      ClassMoments found = ROWS.moments(layout).addFeatures(new double[] {0, 2.5});
      assertClose(found, wide.defined(), 1e-13);
    }
  }

  @Test
  void whatIsNotKnownIsNaN() {
    ClassMoments found = ROWS.defined().addFeatures(new double[] {Double.NaN});
    assertThat(found.hasHigherMoments()).isFalse();
    assertThat(found.mean(0)[9]).isNaN();
    assertThat(found.scatter(0).get(9, 2)).isNaN();
    assertThat(found.scatter(0).get(2, 2)).isEqualTo(ROWS.defined().scatter(0).get(2, 2));
  }

  @Test
  void classesCanBeRenumbered() {
    ClassMoments moved = ROWS.defined().renumberClasses(new int[] {4, 0, 2}, 5);
    assertThat(moved.classes()).isEqualTo(5);
    assertThat(moved.weight(4)).isEqualTo(ROWS.defined().weight(0));
    assertThat(moved.rows(1)).isZero();
    assertThatThrownBy(() -> ROWS.defined().renumberClasses(new int[] {1, 1, 2}, 5))
        .hasMessage("two classes are to become class 1");
  }

  @Test
  void meansFarFromZeroKeepTheirDifference() {
    LabelledRows near = LabelledRows.random(8, 2000, 2, 4, 0);
    LabelledRows far = LabelledRows.random(8, 2000, 2, 4, 1e8);
    double[] expected = near.defined().meanDifference(1, 0);
    double[] found = far.moments(ScatterLayout.POOLED).meanDifference(1, 0);
    for (int j = 0; j < 4; j++) {
      assertThat(found[j]).isCloseTo(expected[j], within(1e-13));
    }
  }

  @Test
  void pooledIsTheSumOverClasses() {
    ClassMoments pooled = ROWS.defined().pooled();
    assertThat(pooled.layout()).isEqualTo(ScatterLayout.POOLED);
    assertClose(pooled, ROWS.defined(), 1e-15);
    assertThatThrownBy(() -> pooled.scatter(0))
        .hasMessage("moments in layout POOLED have no scatter by class");
    assertThatThrownBy(() -> pooled.fourth(0))
        .hasMessage("these moments have no third and fourth sums");
  }

  @Test
  void refusesWhatDoesNotFit() {
    ClassMoments moments = ROWS.part(0, 10).defined();
    assertThatThrownBy(() -> moments.merge(ClassMoments.empty(2, 9, ScatterLayout.PER_CLASS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "moments of 3 classes x 9 features, PER_CLASS cannot be combined with 2 classes x 9"
                + " features, PER_CLASS");
    assertThatThrownBy(() -> moments.subtract(ROWS.defined()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be subtracted; subtract only what was merged before");
    assertThatThrownBy(
            () ->
                moments
                    .decay(1e-9)
                    .merge(moments)
                    .subtract(moments.decay(1e-3))
                    .subtract(moments.merge(moments)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void survivesSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(ROWS.folds(ScatterLayout.PER_CLASS));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      FoldMoments read = (FoldMoments) in.readObject();
      assertSameBits(read.total(), ROWS.moments(ScatterLayout.PER_CLASS));
    }
  }
}
