// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.MultivariateNormal;
import dev.lemma.math.random.MultivariateStudent;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.random.VectorLaw;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** What rests on independent proposals: independence chains, importance sampling, rejection. */
class IndependenceTest {
  private static final StreamKey KEY = StreamKey.of(43, "test/independence");
  private static final Target TARGET = Targets.correlated(0.6);
  private static final VectorLaw LAW =
      MultivariateStudent.of(
          7, new double[2], PackedSymmetric.fromDense(2, new double[] {1, 0.5, 0.5, 1}));

  @Test
  void chainsAndWeightsAgreeWithTheTarget() {
    IndependenceMetropolis sampler = new IndependenceMetropolis(LAW, KEY, 4, 50, 10_000);
    double[] densities = sampler.evaluate(BatchTarget.of(TARGET), 1000);
    Chains chains = sampler.chains(TARGET.names(), densities);
    WeightedDraws weighted = sampler.weighted(TARGET.names(), densities);
    for (int j = 0; j < 2; j++) {
      assertThat(Targets.meanFits(chains.parameter(j), 0)).isTrue();
      assertThat(Targets.squareFits(chains.parameter(j), 0, 1)).isTrue();
      assertThat(Chance.meanFits(weighted.mean(j), 0, weighted.meanError(j))).isTrue();
      assertThat(weighted.variance(j)).isCloseTo(1, within(0.04));
    }
    assertThat(weighted.size()).isEqualTo(40_204);
    assertThat(weighted.effectiveSize() / weighted.size()).isGreaterThan(0.8);
    assertThat(weighted.tail().trusted()).isTrue();
    // The constant of the target is 2 pi sqrt(1 - r^2) = 1.6 pi.
    assertThat(weighted.logEvidence()).isCloseTo(Math.log(1.6 * Math.PI), within(0.02));
    assertThat(Targets.mean(chains.acceptance())).isBetween(0.75, 1.0);
    assertThat(chains.logDensities(1)[17]).isEqualTo(TARGET.logDensity(chains.draw(1, 17)));
  }

  @Test
  void bitsDependNeitherOnTheBatchNorOnTheLength() {
    IndependenceMetropolis sampler = new IndependenceMetropolis(LAW, KEY, 3, 5, 200);
    double[] whole = sampler.evaluate(BatchTarget.of(TARGET), 1_000_000);
    assertThat(sampler.evaluate(BatchTarget.of(TARGET), 1)).isEqualTo(whole);
    assertThat(sampler.evaluate(BatchTarget.of(TARGET), 7)).isEqualTo(whole);
    IndependenceMetropolis longer = new IndependenceMetropolis(LAW, KEY, 3, 5, 300);
    double[] more = longer.evaluate(BatchTarget.of(TARGET), 64);
    assertThat(Arrays.copyOf(more, whole.length)).isEqualTo(whole);
    Chains one = sampler.chains(TARGET.names(), whole);
    Chains other = longer.chains(TARGET.names(), more);
    assertThat(Arrays.copyOf(other.parameter(2, 1), 200)).isEqualTo(one.parameter(2, 1));
  }

  @Test
  void chainsOfAGroupStartTogether() {
    IndependenceMetropolis single = new IndependenceMetropolis(LAW, KEY, 6, 0, 3);
    IndependenceMetropolis sampler = single.startingTogether(3);
    double[] densities = sampler.evaluate(BatchTarget.of(TARGET), 64);
    double[] starts = new double[6 * 2];
    sampler.propose(0, 6, starts);
    // Nothing but the starts is possible: every chain stays where it began.
    Arrays.fill(densities, 6, densities.length, Double.NEGATIVE_INFINITY);
    Chains chains = sampler.chains(TARGET.names(), densities);
    Chains apart = single.chains(TARGET.names(), densities);
    for (int c = 0; c < 6; c++) {
      assertThat(chains.value(c, 2, 1)).isEqualTo(starts[2 * (c < 3 ? 0 : 3) + 1]);
      assertThat(chains.logDensities(c)[2]).isEqualTo(densities[c < 3 ? 0 : 3]);
      assertThat(apart.value(c, 2, 1)).isEqualTo(starts[2 * c + 1]);
    }
    assertThatThrownBy(() -> sampler.startingTogether(4))
        .hasMessage("chains that start together: expected a divisor of 6, found 4");
  }

  @Test
  void aBrokenTargetIsToldWithItsPlace() {
    IndependenceMetropolis sampler = new IndependenceMetropolis(LAW, KEY, 3, 0, 10);
    double[] densities = sampler.evaluate(BatchTarget.of(TARGET), 64);
    densities[3 * 7 + 2] = Double.NaN;
    assertThatThrownBy(() -> sampler.chains(TARGET.names(), densities))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("NaN in chain 2 at iteration 7");
    Arrays.fill(densities, Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> sampler.weighted(TARGET.names(), densities))
        .hasMessageContaining("found none among 33");
  }

  /** p = N(0, 1), q = N(0, 4): E_q w^2 = 4 / sqrt 7. */
  @Test
  void effectiveSizeOfAWideProposal() {
    VectorLaw wide =
        MultivariateNormal.of(new double[1], PackedSymmetric.ofDiagonal(new double[] {4}));
    Target standard = Targets.of(1, x -> -0.5 * x[0] * x[0] - 0.5 * Math.log(2 * Math.PI));
    WeightedDraws draws =
        ImportanceSampler.sample(BatchTarget.of(standard), wide, KEY, 200_000, 999);
    assertThat(draws.effectiveSize() / draws.size()).isCloseTo(0.6614378277661, within(0.005));
    double squares = 0;
    for (double logWeight : draws.logWeights()) {
      squares += Math.exp(2 * logWeight) / draws.size();
    }
    assertThat(squares).isCloseTo(1.5118578920369, within(0.02));
    assertThat(draws.logEvidence()).isCloseTo(0, within(0.01));
    assertThat(draws.largestShare()).isLessThan(1e-4);
    assertThat(Chance.meanFits(draws.mean(0), 0, draws.meanError(0))).isTrue();
    VectorLaw narrow =
        MultivariateNormal.of(new double[1], PackedSymmetric.ofDiagonal(new double[] {0.1}));
    WeightedDraws poor =
        ImportanceSampler.sample(BatchTarget.of(standard), narrow, KEY, 20_000, 64);
    assertThat(poor.tail().trusted()).as("k-hat sees tails that are too light").isFalse();
  }

  @Test
  void resamplingFollowsTheWeights() {
    WeightedDraws draws =
        WeightedDraws.of(
            List.of("x"),
            new double[] {1, 2, 3, 4},
            new double[] {Math.log(1), Math.log(5), Double.NEGATIVE_INFINITY, Math.log(4)});
    assertThat(draws.resample(10, 0.5)).containsExactly(0, 1, 1, 1, 1, 1, 3, 3, 3, 3);
    assertThat(draws.resample(3, 0.01)).containsExactly(0, 1, 3);
    assertThat(draws.shares()).containsExactly(new double[] {0.1, 0.5, 0, 0.4}, within(1e-15));
    assertThat(draws.mean(0)).isCloseTo(2.7, within(1e-15));
    assertThatThrownBy(
            () -> WeightedDraws.of(List.of("x"), new double[1], new double[] {Double.NaN}))
        .hasMessageContaining("NaN at point 0");
  }

  private static VectorLaw law(ToDoubleFunction<KeyedSource> draw, DoubleUnaryOperator logDensity) {
    return new VectorLaw() {
      @Override
      public int dimension() {
        return 1;
      }

      @Override
      public void draw(KeyedSource source, double[] out, int at) {
        out[at] = draw.applyAsDouble(source);
      }

      @Override
      public double logDensity(double[] x, int at) {
        return logDensity.applyAsDouble(x[at]);
      }
    };
  }

  @Test
  void rejectionAcceptsOneInM() {
    VectorLaw uniform = law(Variates::uniform, x -> 0);
    Target beta = Targets.of(1, x -> Math.log(6 * x[0] * (1 - x[0])));
    checkRejection(
        beta, uniform, Math.log(1.5), 2.0 / 3, BetaDistribution.of(2, 2)::cumulativeProbability);
    Target normal = Targets.of(1, x -> -0.5 * x[0] * x[0] - 0.5 * Math.log(2 * Math.PI));
    VectorLaw laplace =
        law(
            s -> Variates.exponential(s) * Variates.sign(s.nextLong(), 0),
            x -> -Math.abs(x) - Math.log(2));
    DoubleUnaryOperator phi = NormalDistribution.of(0, 1)::cumulativeProbability;
    checkRejection(normal, laplace, 0.5 * Math.log(2 * Math.E / Math.PI), 0.7601734505, phi);
    VectorLaw cauchy =
        law(
            s -> Math.tan(Math.PI * (Variates.uniform(s) - 0.5)),
            x -> -Math.log(Math.PI * (1 + x * x)));
    checkRejection(normal, cauchy, 0.5 * Math.log(2 * Math.PI / Math.E), 0.6577446235, phi);
  }

  private static void checkRejection(
      Target target, VectorLaw law, double logBound, double rate, DoubleUnaryOperator cdf) {
    RejectionSampler sampler = new RejectionSampler(target, law, logBound, KEY);
    RejectionSampler.Accepted accepted = sampler.sample(50_000);
    double error = Math.sqrt(rate * (1 - rate) / accepted.attempts());
    assertThat(Chance.meanFits(accepted.rate(), rate, error)).isTrue();
    assertThat(Chance.follows(accepted.points(), cdf)).isTrue();
    double[] alone = new double[1];
    sampler.draw(777, alone);
    assertThat(alone[0]).as("a draw needs no draws before it").isEqualTo(accepted.points()[777]);
    RejectionSampler tooLow = new RejectionSampler(target, law, logBound - 0.3, KEY);
    assertThatThrownBy(() -> tooLow.sample(1000))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the bound of rejection sampling does not hold");
  }
}
