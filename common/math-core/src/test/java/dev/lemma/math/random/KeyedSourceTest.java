// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.Chance;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class KeyedSourceTest {
  private static final StreamKey KEY = StreamKey.of(5, "test/source");

  @Test
  void readsTheBlocksOfItsAddressInOrder() {
    KeyedSource source = new KeyedSource(KEY).at(11, 12, 13);
    long[] words = new long[4];
    for (int block = 0; block < 3; block++) {
      KEY.block(11, 12, 13, block, words);
      for (long word : words) {
        assertThat(source.nextLong()).isEqualTo(word);
      }
    }
  }

  @Test
  void theNumberTakesTheUpperHalfOfTheBlockWord() {
    long[] words = new long[4];
    KEY.block(11, 12, 13, (3L << 32) + 1, words);
    KeyedSource source = new KeyedSource(KEY).at(11, 12, 13, 3);
    source.nextLong();
    source.nextLong();
    source.nextLong();
    source.nextLong();
    assertThat(source.nextLong()).isEqualTo(words[0]);
  }

  @Test
  void aimingAgainForgetsTheBuffer() {
    KeyedSource source = new KeyedSource(KEY).at(1, 1, 1);
    long first = source.nextLong();
    source.at(2, 2, 2).nextLong();
    assertThat(source.at(1, 1, 1).nextLong()).isEqualTo(first);
  }

  @Test
  void rejectionSamplersRunOnOneAddressPerVariate() {
    int n = 50_000;
    KeyedSource source = new KeyedSource(KEY);
    SharedStateContinuousSampler gaussian = ZigguratSampler.NormalizedGaussian.of(source);
    SharedStateContinuousSampler gamma = AhrensDieterMarsagliaTsangGammaSampler.of(source, 2.5, 3);
    double[] gaussians = new double[n];
    double[] gammas = new double[n];
    for (int i = 0; i < n; i++) {
      source.at(i, 0, 0);
      gaussians[i] = gaussian.sample();
      source.at(i, 1, 0);
      gammas[i] = gamma.sample();
    }
    assertThat(Chance.follows(gaussians, NormalDistribution.of(0, 1)::cumulativeProbability))
        .isTrue();
    assertThat(Chance.follows(gammas, GammaDistribution.of(2.5, 3)::cumulativeProbability))
        .isTrue();
    source.at(n / 2, 0, 0);
    assertThat(gaussian.sample()).as("order of asking is nothing").isEqualTo(gaussians[n / 2]);
  }
}
