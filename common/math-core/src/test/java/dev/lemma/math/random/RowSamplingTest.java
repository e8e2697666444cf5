// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.ToIntFunction;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statistical tests on the keys of the ids 0, 1, 2, ...: chi-squared at a false-alarm rate of 1e-6
 * each, about 20 of them, on keys that never change; broken versions must exceed the same limit.
 */
class RowSamplingTest {
  private static final double FALSE_ALARM = 1e-6;
  private static final int ROWS = 200_000;

  private static RowKey key(long id) {
    return new RowKeyHasher().addLong(id).key();
  }

  private static double chiSquared(int cells, ToIntFunction<RowKey> cell, boolean hashed) {
    long[] counts = new long[cells];
    for (int id = 0; id < ROWS; id++) {
      counts[cell.applyAsInt(hashed ? key(id) : new RowKey(id, 0))]++;
    }
    double expected = (double) ROWS / cells;
    double statistic = 0;
    for (long count : counts) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    return statistic;
  }

  private static double limit(int cells) {
    return ChiSquaredDistribution.of(cells - 1).inverseSurvivalProbability(FALSE_ALARM);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 64, 1000})
  void foldsAreEqualInSize(int folds) {
    RowSampling sampling = RowSampling.of("folds", 0);
    assertThat(chiSquared(folds, key -> sampling.fold(key, folds), true)).isLessThan(limit(folds));
  }

  @Test
  void keysThatAreCountersAreMixedAllTheSame() {
    RowSampling sampling = RowSampling.of("folds", 0);
    assertThat(chiSquared(10, key -> sampling.fold(key, 10), false)).isLessThan(limit(10));
    assertThat(chiSquared(10, key -> (int) (key.first() >>> 60) % 10, false))
        .as("without the mix")
        .isGreaterThan(limit(10));
  }

  @ParameterizedTest
  @CsvSource({"folds, 0, pairs, 0", "folds, 0, folds, 1", "a, 5, b, 5", "sample, 1, recall, 2"})
  void purposesAndSeedsSelectIndependently(String one, long seedOne, String two, long seedTwo) {
    RowSampling first = RowSampling.of(one, seedOne);
    RowSampling second = RowSampling.of(two, seedTwo);
    assertThat(chiSquared(100, key -> first.fold(key, 10) * 10 + second.fold(key, 10), true))
        .isLessThan(limit(100));
    assertThat(chiSquared(100, key -> first.fold(key, 10) * 11, true))
        .as("the same selection twice")
        .isGreaterThan(limit(100));
  }

  @Test
  void foldsAreIndependentOfTheLeaf() {
    RowSampling sampling = RowSampling.of("folds", 0);
    assertThat(chiSquared(64, key -> (int) (key.first() >>> 61) * 8 + sampling.fold(key, 8), true))
        .isLessThan(limit(64));
  }

  @Test
  void rowsThatShareTheFirstHalfAreToldApartByTheSecond() {
    RowSampling sampling = RowSampling.of("sample", 0);
    assertThat(sampling.priority(new RowKey(4, 1)))
        .isNotEqualTo(sampling.priority(new RowKey(4, 2)));
  }

  @Test
  void aSampleHasItsRateAndGrowsToASuperset() {
    RowSampling sampling = RowSampling.of("sample", 42);
    long[] taken = new long[3];
    double[] rates = {0.01, 0.25, 0.9};
    for (int id = 0; id < ROWS; id++) {
      RowKey key = key(id);
      boolean before = false;
      for (int i = 0; i < rates.length; i++) {
        boolean now = sampling.takes(key, rates[i]);
        assertThat(now || !before).as("row %d leaves at rate %s", id, rates[i]).isTrue();
        taken[i] += now ? 1 : 0;
        before = now;
      }
    }
    for (int i = 0; i < rates.length; i++) {
      // 5.33 standard deviations: a false alarm in 1e7.
      double allowed = 5.33 * Math.sqrt(ROWS * rates[i] * (1 - rates[i]));
      assertThat(Math.abs(taken[i] - ROWS * rates[i])).isLessThan(allowed);
    }
  }

  @Test
  void ratesNullAndOneAreSharp() {
    RowSampling sampling = RowSampling.of("sample", 0);
    for (int id = 0; id < 1000; id++) {
      assertThat(sampling.takes(key(id), 0)).isFalse();
      assertThat(sampling.takes(key(id), 1)).isTrue();
      assertThat(sampling.uniform(key(id))).isBetween(0.0, Math.nextDown(1.0));
    }
  }

  /** Version 1 of the mix. A change here changes every sample: raise VERSION. */
  @Test
  void frozenPrioritiesStand() {
    assertThat(RowSampling.of("pairs", 0).priority(new RowKey(1, 2)))
        .isEqualTo(0x310c55a43af53d24L);
    assertThat(RowSampling.of("pairs", 1).priority(new RowKey(1, 2)))
        .isEqualTo(0x77586c13791bb304L);
    assertThat(RowSampling.of("folds", 0).priority(new RowKey(-1, 7)))
        .isEqualTo(0xefa37382cbb02211L);
    assertThat(new RowSampling(0).priority(new RowKey(0, 0))).isZero();
  }

  @Test
  void refusesImpossibleRatesFoldsAndPurposes() {
    RowSampling sampling = RowSampling.of("sample", 0);
    assertThatThrownBy(() -> sampling.takes(key(1), 1.5))
        .hasMessage("a sampling rate must lie in [0, 1], found 1.5");
    assertThatThrownBy(() -> sampling.takes(key(1), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sampling.fold(key(1), 0))
        .hasMessage("the number of ranges must be at least 1, found 0");
    assertThatThrownBy(() -> RowSampling.of("", 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
