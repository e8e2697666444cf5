// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.Chance;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The tests of samplers on one that is right and on broken ones: y ~ N(t, 1), t ~ N(0, 1), hence t
 * given y ~ N(y / 2, 1 / 2).
 */
class SamplerTestsTest {
  private static double gaussian(String stream, long index, int block) {
    long[] words = new long[4];
    double[] pair = new double[2];
    StreamKey.of(3, stream).block(0, index, 0, block, words);
    Variates.gaussianPair(words[0], words[1], pair, 0);
    return pair[0];
  }

  /** The conditional sampler with a variance that may be wrong. */
  private record Model(double variance) implements JointModel<double[]> {
    @Override
    public double[] simulate(long i) {
      double t = gaussian("test/prior", i, 0);
      return new double[] {t, t + gaussian("test/prior", i, 1)};
    }

    @Override
    public double[] transition(double[] state, long i) {
      double t = state[1] / 2 + Math.sqrt(variance) * gaussian("test/step", i, 0);
      return new double[] {t, t + gaussian("test/step", i, 1)};
    }

    @Override
    public double[] functions(double[] s) {
      return new double[] {s[0], s[0] * s[0], s[0] * s[1], s[1] * s[1]};
    }
  }

  @Test
  void theJointTestPassesARightSampler() {
    assertThat(JointTest.run(new Model(0.5), 20_000).probability())
        .isGreaterThan(Chance.FALSE_ALARM);
  }

  /** A variance 40 % too large: power is nearly 1 at this length. */
  @Test
  void theJointTestFindsAWrongVariance() {
    assertThat(JointTest.run(new Model(0.7), 20_000).probability()).isLessThan(1e-6);
  }

  @Test
  void twoWaysToDisagreeAreTold() {
    assertThatThrownBy(() -> JointTest.compare(new double[2][10], new double[1][10]))
        .hasMessage("a joint test compares the same functions, found 2 and 1");
    assertThatThrownBy(() -> JointTest.run(new Model(1), 99))
        .hasMessage("a joint test needs at least 100 iterations, found 99");
  }

  private static SimulationCalibration calibrate(double variance, double bias) {
    int[] ranks = new int[1000];
    for (int n = 0; n < ranks.length; n++) {
      double truth = gaussian("test/truth", n, 0);
      double y = truth + gaussian("test/truth", n, 1);
      double[] draws = new double[19];
      for (int i = 0; i < draws.length; i++) {
        draws[i] = y / 2 + bias + Math.sqrt(variance) * gaussian("test/posterior", n, i);
      }
      ranks[n] = SimulationCalibration.rank(truth, draws, 0);
    }
    return SimulationCalibration.of(ranks, 19);
  }

  /** False alarm rates 1e-6 and, by the resolution of 999 replicates, 2 in 1000. */
  @Test
  void ranksOfARightPosteriorAreUniform() {
    SimulationCalibration right = calibrate(0.5, 0);
    assertThat(right.chiSquareProbability(20)).isGreaterThan(Chance.FALSE_ALARM);
    assertThat(right.ecdfProbability(999)).isGreaterThan(0.002);
    assertThat(right.simulations()).isEqualTo(1000);
  }

  @Test
  void narrowWideAndBiasedPosteriorsAreFound() {
    assertThat(calibrate(0.35, 0).chiSquareProbability(20)).isLessThan(1e-4);
    assertThat(calibrate(0.35, 0).ecdfProbability(999)).isEqualTo(0.001);
    assertThat(calibrate(0.7, 0).ecdfProbability(999)).isEqualTo(0.001);
    assertThat(calibrate(0.5, 0.15).ecdfProbability(999)).isEqualTo(0.001);
  }

  /** Uniform ranks fail the simultaneous test as often as it says: 60 sets, 5 % level. */
  @Test
  void theSimultaneousTestHoldsItsLevel() {
    int rejected = 0;
    for (int set = 0; set < 60; set++) {
      int[] ranks = new int[200];
      long[] words = new long[4];
      for (int n = 0; n < ranks.length; n++) {
        StreamKey.of(5, "test/ranks").block(set, n, 0, 0, words);
        ranks[n] = Variates.position(words[0], 10);
      }
      rejected += SimulationCalibration.of(ranks, 9).ecdfProbability(199) <= 0.05 ? 1 : 0;
    }
    // P(Bin(60, 0.05) > 13) is 3e-6.
    assertThat(rejected).isLessThanOrEqualTo(13);
  }

  @Test
  void tiesAreBrokenByTheUniform() {
    double[] draws = {1, 2, 2, 3};
    assertThat(SimulationCalibration.rank(2, draws, 0)).isEqualTo(1);
    assertThat(SimulationCalibration.rank(2, draws, 0.5)).isEqualTo(2);
    assertThat(SimulationCalibration.rank(2, draws, 0.99)).isEqualTo(3);
  }

  @Test
  void ranksOutsideAreTold() {
    assertThatThrownBy(() -> SimulationCalibration.of(new int[] {20}, 19))
        .hasMessage("a rank among 19 draws lies in 0 to 19, found 20");
    assertThatThrownBy(() -> calibrate(0.5, 0).chiSquareProbability(3))
        .hasMessage(
            "the number of bins must be at least 2 and divide the number of ranks 20, found 3");
    assertThat(Arrays.stream(calibrate(0.5, 0).counts()).sum()).isEqualTo(1000);
  }
}
