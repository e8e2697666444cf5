// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.probability.LogDomain;
import dev.lemma.math.random.StreamKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomWalkTest {
  private static final StreamKey KEY = StreamKey.of(41, "test/random-walk");

  // On N(0, 1) with steps N(0, s^2) the acceptance is (2 / pi) atan(2 / s).
  @ParameterizedTest
  @CsvSource({"0.5, 0.8440417392", "1, 0.7048327647", "2, 0.5", "2.4, 0.4422841232"})
  void acceptanceOnTheLine(double s, double expected) {
    PackedSymmetric shape = PackedSymmetric.ofDiagonal(new double[] {s * s / (2.38 * 2.38)});
    RandomWalkMetropolis walk =
        RandomWalkMetropolis.of(
            BatchTarget.of(Targets.gaussian(1, 1)), KEY, RandomWalkOptions.of(1, 50, 0), shape);
    RandomWalkState state = walk.start(new double[50]);
    state = walk.advance(state, 20, DrawSink.none());
    Chains chains = walk.sample(state.ensemble().positions(), 4000);
    // Decisions are nearly independent: 200,000 of them, 5 standard errors are 0.006.
    assertThat(Targets.mean(chains.acceptance())).isCloseTo(expected, within(0.006));
    assertThat(Targets.meanFits(chains.parameter(0), 0)).isTrue();
    assertThat(Targets.squareFits(chains.parameter(0), 0, 1)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 8, 1000, 2000", "2, 8, 1500, 3000", "10, 16, 3000, 4000", "50, 64, 4000, 2000"})
  void learnsScaleAndShapeOfTenThousandToOne(int d, int chains, long warmup, int draws) {
    RandomWalkOptions options = RandomWalkOptions.of(d, chains, warmup);
    RandomWalkMetropolis walk =
        RandomWalkMetropolis.of(BatchTarget.of(Targets.gaussian(d, 1e4)), KEY, options);
    double[] starts = Targets.starts(chains, d);
    for (int i = 0; i < starts.length; i++) {
      starts[i] += i % d;
    }
    Chains drawn = walk.sample(starts, draws);
    assertThat(Targets.mean(drawn.acceptance())).isCloseTo(options.acceptance(), within(0.03));
    for (int j = 0; j < d; j++) {
      assertThat(Targets.meanFits(drawn.parameter(j), j)).as("mean %d", j).isTrue();
      double variance = d == 1 ? 1e-4 : Math.pow(1e4, -j / (d - 1.0));
      assertThat(Targets.squareFits(drawn.parameter(j), j, variance)).as("var %d", j).isTrue();
    }
  }

  @Test
  void bananasKeepTheirMoments() {
    Target banana =
        Targets.of(
            2,
            x -> {
              double bend = x[1] + 0.03 * (x[0] * x[0] - 100);
              return -x[0] * x[0] / 200 - bend * bend / 2;
            });
    BatchTarget target = BatchTarget.of(banana);
    RandomWalkMetropolis walk =
        RandomWalkMetropolis.of(target, KEY, RandomWalkOptions.of(2, 16, 3000));
    RobustAdaptiveMetropolis robust = new RobustAdaptiveMetropolis(target, KEY, 16, 3000);
    for (Sampler<?> sampler : new Sampler<?>[] {walk, robust}) {
      Chains chains = sampler.sample(Targets.starts(16, 2), 20_000);
      assertThat(Targets.meanFits(chains.parameter(0), 0)).isTrue();
      assertThat(Targets.squareFits(chains.parameter(0), 0, 100)).isTrue();
      assertThat(Targets.meanFits(chains.parameter(1), 0)).isTrue();
      assertThat(Targets.squareFits(chains.parameter(1), 0, 19)).isTrue();
    }
  }

  @Test
  void robustAdaptationReachesItsAcceptanceAndShape() {
    int d = 5;
    RobustAdaptiveMetropolis robust =
        new RobustAdaptiveMetropolis(BatchTarget.of(Targets.gaussian(d, 1e4)), KEY, 8, 6000);
    Chains chains = robust.sample(Targets.starts(8, d), 6000);
    assertThat(Targets.mean(chains.acceptance())).isCloseTo(0.234, within(0.03));
    for (int j = 0; j < d; j++) {
      assertThat(Targets.meanFits(chains.parameter(j), j)).isTrue();
      assertThat(Targets.squareFits(chains.parameter(j), j, Math.pow(1e4, -j / 4.0))).isTrue();
    }
  }

  @Test
  void componentwiseStepsFitEveryScale() {
    ComponentwiseMetropolis sampler =
        new ComponentwiseMetropolis(BatchTarget.of(Targets.gaussian(3, 1e6)), KEY, 8, 1000);
    Chains chains = sampler.sample(Targets.starts(8, 3), 4000);
    assertThat(Targets.mean(chains.acceptance())).isCloseTo(0.44, within(0.03));
    for (int j = 0; j < 3; j++) {
      assertThat(Targets.meanFits(chains.parameter(j), j)).isTrue();
      assertThat(Targets.squareFits(chains.parameter(j), j, Math.pow(1e-3, j))).isTrue();
    }
  }

  /** What is learnt over 4 or over 256 chains serves the same distribution. */
  @Test
  void momentsDoNotDependOnTheNumberOfChains() {
    for (int chains : new int[] {4, 256}) {
      RandomWalkMetropolis walk =
          RandomWalkMetropolis.of(
              BatchTarget.of(Targets.correlated(0.9)), KEY, RandomWalkOptions.of(2, chains, 1000));
      Chains drawn = walk.sample(Targets.starts(chains, 2), 40_000 / chains);
      assertThat(Targets.meanFits(drawn.parameter(0), 0)).isTrue();
      assertThat(Targets.squareFits(drawn.parameter(1), 0, 1)).isTrue();
    }
  }

  @Test
  void delayedAcceptanceIsExactWithAnySurrogate() {
    Target target = Targets.correlated(0.8);
    PackedSymmetric shape = PackedSymmetric.fromDense(2, new double[] {1, 0.5, 0.5, 1});
    // One surrogate is the target itself, one is off in place, width and correlation.
    Target wrong =
        Targets.of(2, x -> -((x[0] - 0.4) * (x[0] - 0.4) + x[1] * x[1] - 0.6 * x[0] * x[1]) / 3);
    for (int steps : new int[] {1, 8}) {
      Chains good = delayed(target, target, shape, steps);
      Chains poor = delayed(target, wrong, shape, steps);
      assertThat(Targets.mean(good.acceptance())).isEqualTo(1);
      assertThat(Targets.mean(poor.acceptance())).isBetween(0.4, 0.95);
      for (Chains chains : new Chains[] {good, poor}) {
        for (int j = 0; j < 2; j++) {
          assertThat(Targets.meanFits(chains.parameter(j), 0)).isTrue();
          assertThat(Targets.squareFits(chains.parameter(j), 0, 1)).isTrue();
        }
      }
    }
  }

  private static Chains delayed(Target target, Target surrogate, PackedSymmetric shape, int steps) {
    return new DelayedAcceptance(BatchTarget.of(target), surrogate, shape, steps, KEY, 8, 200)
        .sample(Targets.starts(8, 2), 5000);
  }

  @Test
  void temperingFindsModesThatWalksMiss() {
    // Two modes 20 standard deviations apart with masses 0.3 and 0.7.
    Target modes =
        Targets.of(
            1,
            x ->
                LogDomain.sum(
                    Math.log(0.3) - (x[0] + 10) * (x[0] + 10) / 2,
                    Math.log(0.7) - (x[0] - 10) * (x[0] - 10) / 2));
    double[] starts = new double[8];
    Arrays.fill(starts, -10);
    ParallelTempering tempering =
        new ParallelTempering(
            BatchTarget.of(modes),
            KEY,
            ParallelTempering.ladder(6, 100),
            PackedSymmetric.ofDiagonal(new double[] {1}),
            8,
            1000);
    TemperingState state = tempering.start(starts);
    state = tempering.advance(state, 1000, DrawSink.none());
    ChainsBuilder builder = new ChainsBuilder(tempering.names(), 8, 10_000);
    state = tempering.advance(state, 10_000, builder);
    double[][] draws = builder.build().parameter(0);
    assertThat(Targets.meanFits(draws, 4)).isTrue();
    assertThat(Targets.squareFits(draws, 0, 101)).isTrue();
    for (double rate : state.swapRates()) {
      assertThat(rate).isBetween(0.2, 0.95);
    }
    Chains walk =
        RandomWalkMetropolis.of(BatchTarget.of(modes), KEY, RandomWalkOptions.of(1, 8, 500))
            .sample(starts, 1000);
    assertThat(Targets.meanFits(walk.parameter(0), 4)).as("a walk stays in its mode").isFalse();
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> RandomWalkOptions.of(1, 0, 10))
        .hasMessage("chains: expected at least 1, found 0");
    assertThatThrownBy(() -> new RandomWalkOptions(1, 1, 0.3, 1, 0.5, 0.8))
        .hasMessage("scaleDecay: expected a number above 0.5 and at most 1, found 0.5");
    BatchTarget target = BatchTarget.of(Targets.gaussian(2, 1));
    RandomWalkOptions options = RandomWalkOptions.of(2, 1, 1);
    assertThatThrownBy(() -> RandomWalkMetropolis.of(target, KEY, options, PackedSymmetric.zero(2)))
        .hasMessage(
            "shape of the steps: expected a positive definite matrix, found one that is not");
    assertThatThrownBy(
            () ->
                new ParallelTempering(
                    target, KEY, new double[] {2, 1}, PackedSymmetric.zero(2), 1, 1))
        .hasMessage("temperatures: expected finite numbers that ascend from 1, found [2.0, 1.0]");
  }
}
