// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.Chance;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class VariatesTest {
  private static final StreamKey KEY = StreamKey.of(20261, "test/variates");

  @Test
  void uniformsStayInsideTheOpenInterval() {
    assertThat(Variates.uniform(0)).isEqualTo(0x1p-53);
    assertThat(Variates.uniform(-1)).isEqualTo(1 - 0x1p-53);
    assertThat(1 - Variates.uniform(0)).isEqualTo(Variates.uniform(-1));
  }

  @Test
  void uniformsAreUniform() {
    double[] sample = new double[100_000];
    long[] words = new long[4];
    for (int i = 0; i < sample.length; i++) {
      KEY.block(i / 4, 0, 0, 0, words);
      sample[i] = Variates.uniform(words[i % 4]);
    }
    assertThat(Chance.follows(sample, u -> u)).isTrue();
    assertThat(Chance.follows(sample, u -> u * u)).as("another law is told apart").isFalse();
  }

  @Test
  void positionsSpanTheRangeEvenly() {
    assertThat(Variates.position(0, 10)).isZero();
    assertThat(Variates.position(-1, 10)).isEqualTo(9);
    assertThat(Variates.position(0xFFFF_FFFF_0000_0000L, 10)).as("lower 32 bits alone").isZero();
    assertThat(Variates.position(0x8000_0000L, Integer.MAX_VALUE)).isEqualTo(0x3FFF_FFFF);
    assertThat(Variates.longPosition(0, Long.MAX_VALUE)).isZero();
    assertThat(Variates.longPosition(-1, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE - 1);
    assertThat(Variates.longPosition(1L << 63, 10)).isEqualTo(5);
    long[] shortCounts = new long[7];
    long[] longCounts = new long[7];
    long[] words = new long[4];
    for (int i = 0; i < 70_000; i++) {
      KEY.block(i, 1, 0, 0, words);
      shortCounts[Variates.position(words[0], 7)]++;
      longCounts[(int) Variates.longPosition(words[1], 7)]++;
    }
    assertThat(Chance.evenlySpread(shortCounts)).isTrue();
    assertThat(Chance.evenlySpread(longCounts)).isTrue();
    shortCounts[0] += 1000;
    assertThat(Chance.evenlySpread(shortCounts)).as("one class in a tenth too often").isFalse();
  }

  @Test
  void signsAreTheBits() {
    assertThat(Variates.sign(0b10, 0)).isEqualTo(1);
    assertThat(Variates.sign(0b10, 1)).isEqualTo(-1);
    assertThat(Variates.sign(Long.MIN_VALUE, 63)).isEqualTo(-1);
  }

  @Test
  void gaussiansAreGaussianAndUncorrelated() {
    int n = 100_000;
    double[] sample = new double[n];
    long[] words = new long[4];
    for (int i = 0; i < n; i += 4) {
      KEY.block(i, 2, 0, 0, words);
      Variates.gaussians(words, sample, i);
    }
    NormalDistribution law = NormalDistribution.of(0, 1);
    assertThat(Chance.follows(sample, law::cumulativeProbability)).isTrue();
    for (int lag = 1; lag <= 3; lag++) {
      double sum = 0;
      double squares = 0;
      for (int i = lag; i < n; i++) {
        sum += sample[i] * sample[i - lag];
        squares += (sample[i] * sample[i] - 1) * (sample[i - lag] * sample[i - lag] - 1) / 2;
      }
      assertThat(Chance.meanFits(sum / n, 0, 1 / Math.sqrt(n))).as("lag %d", lag).isTrue();
      assertThat(Chance.meanFits(squares / n, 0, 1 / Math.sqrt(n))).as("lag %d", lag).isTrue();
    }
  }

  @Test
  void gaussianTailsHoldTheirShare() {
    // P(|g| > 4) = 6.334e-5; 200,000 blocks give 50.7 expected, false alarm 1e-6 by Poisson tails.
    double[] g = new double[4];
    long[] words = new long[4];
    int beyond = 0;
    for (int i = 0; i < 200_000; i++) {
      KEY.block(i, 3, 0, 0, words);
      Variates.gaussians(words, g, 0);
      for (double x : g) {
        beyond += Math.abs(x) > 4 ? 1 : 0;
      }
    }
    assertThat(beyond).isBetween(21, 90);
  }

  @Test
  void theFarthestGaussianIsFinite() {
    double[] g = new double[2];
    Variates.gaussianPair(0, 0, g, 0);
    assertThat(g[0]).isBetween(8.5, 8.58);
  }

  // Made by a second implementation in Python; what changes them breaks every stored specification.
  @Test
  void frozenVectors() {
    long[] words = {
      0x16554d9eca36314cL, 0xdb20fe9d672d0fdcL, 0xd7e772cee186176bL, 0x7e68b68aec7ba23bL
    };
    assertThat(Variates.uniform(words[0])).isEqualTo(0.08723912359911246);
    assertThat(Variates.position(words[1], 1000)).isEqualTo(403);
    assertThat(Variates.longPosition(words[1], 1000)).isEqualTo(855);
    assertThat(Variates.sign(words[2], 5)).isEqualTo(-1);
    double[] g = new double[4];
    Variates.gaussians(words, g, 0);
    assertThat(g)
        .containsExactly(
            1.364342133744794, -1.7368866713773934, -0.583238437155083, 0.02278596218541036);
  }
}
