// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BottomKTest {
  private static final double[] WEIGHTS = {1, 2, 3, 4, 10};
  private static final int SEEDS = 40_000;

  private static long priority(int seed, int row) {
    return RowSampling.of("test", seed).priority(new RowKey(row, ~row));
  }

  private static int[] order(int seed) {
    return IntStream.range(0, WEIGHTS.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> BottomK.rank(priority(seed, i), WEIGHTS[i])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Test
  void ranksAscendWithPriorities() {
    double last = 0;
    for (long high = 0; high < 2048; high++) {
      double rank = BottomK.rank(high << 53 | 0x1F_FFFF_FFFF_F800L & high * 977, 3);
      assertThat(rank).isGreaterThan(last);
      last = rank;
    }
    assertThat(BottomK.rank(0, 1)).isPositive();
    assertThat(BottomK.rank(-1L, 1)).isFinite();
    assertThat(BottomK.rank(5, 0)).isInfinite();
  }

  /** Five standard errors on ten frequencies: false alarms below 6e-6. Uniform ranks give 0.2. */
  @Test
  void firstAndSecondAreDrawnInProportionToWeight() {
    double total = Arrays.stream(WEIGHTS).sum();
    double[] first = new double[WEIGHTS.length];
    double[] second = new double[WEIGHTS.length];
    for (int seed = 0; seed < SEEDS; seed++) {
      int[] order = order(seed);
      first[order[0]]++;
      second[order[1]]++;
    }
    for (int i = 0; i < WEIGHTS.length; i++) {
      double p = WEIGHTS[i] / total;
      double q = 0;
      for (int j = 0; j < WEIGHTS.length; j++) {
        if (j != i) {
          q += WEIGHTS[j] / total * WEIGHTS[i] / (total - WEIGHTS[j]);
        }
      }
      assertThat(first[i] / SEEDS).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / SEEDS)));
      assertThat(second[i] / SEEDS).isCloseTo(q, within(5 * Math.sqrt(q * (1 - q) / SEEDS)));
    }
  }

  /** The mean of the estimates over seeds against the sum, within five of its standard errors. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void totalsAreEstimatedWithoutBias(int k) {
    double[] x = {7, -1, 4, 2, 9};
    double sum = 0;
    double squares = 0;
    double plainSum = 0;
    double plainSquares = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      int[] order = order(seed);
      double threshold = BottomK.rank(priority(seed, order[k]), WEIGHTS[order[k]]);
      double estimate = 0;
      for (int i = 0; i < k; i++) {
        estimate += x[order[i]] / BottomK.inclusion(WEIGHTS[order[i]], threshold);
      }
      sum += estimate;
      squares += estimate * estimate;
      int at = seed;
      Integer[] plain = {0, 1, 2, 3, 4};
      Arrays.sort(plain, (a, b) -> Long.compareUnsigned(priority(at, a), priority(at, b)));
      double share = BottomK.inclusion(priority(seed, plain[k]));
      double total = IntStream.range(0, k).mapToDouble(i -> x[plain[i]] / share).sum();
      plainSum += total;
      plainSquares += total * total;
    }
    double expected = Arrays.stream(x).sum();
    assertThat(sum / SEEDS).isCloseTo(expected, within(5 * error(sum, squares)));
    assertThat(plainSum / SEEDS).isCloseTo(expected, within(5 * error(plainSum, plainSquares)));
  }

  private static double error(double sum, double squares) {
    double mean = sum / SEEDS;
    return Math.sqrt((squares / SEEDS - mean * mean) / SEEDS);
  }

  @Test
  void copiesOfARowHavePrioritiesOfTheirOwn() {
    RowSampling sampling = RowSampling.of("test", 3);
    RowKey key = new RowKey(11, 12);
    assertThat(sampling.priority(key, 0)).isEqualTo(sampling.priority(key));
    assertThat(IntStream.range(0, 1000).mapToLong(c -> sampling.priority(key, c)).distinct())
        .hasSize(1000);
    double mean =
        IntStream.range(0, 10_000)
            .mapToDouble(c -> (sampling.priority(key, c) >>> 11) * 0x1p-53)
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / 10_000)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoWeight(double weight) {
    assertThatThrownBy(() -> BottomK.rank(1, weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite and at least 0");
  }
}
