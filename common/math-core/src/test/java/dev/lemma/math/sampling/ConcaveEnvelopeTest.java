// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.Chance;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.LaplaceDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcaveEnvelopeTest {
  private static final StreamKey KEY = StreamKey.of(44, "test/envelope");
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** A density that counts how often it is asked. */
  private static final class Counted implements LogConcave {
    private final DoubleUnaryOperator logDensity;
    private final DoubleUnaryOperator derivative;
    private long asked;

    Counted(DoubleUnaryOperator logDensity, DoubleUnaryOperator derivative) {
      this.logDensity = logDensity;
      this.derivative = derivative;
    }

    @Override
    public double logDensity(double x) {
      asked++;
      return logDensity.applyAsDouble(x);
    }

    @Override
    public double derivative(double x) {
      return derivative.applyAsDouble(x);
    }
  }

  record Case(
      String name,
      Counted density,
      double lower,
      double upper,
      double start,
      DoubleUnaryOperator cdf) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "Gaussian",
            new Counted(x -> -x * x / 2, x -> -x),
            -INFINITY,
            INFINITY,
            0.3,
            NormalDistribution.of(0, 1)::cumulativeProbability),
        new Case(
            "Gaussian from afar",
            new Counted(x -> -(x - 1e3) * (x - 1e3) / 2e-4, x -> -(x - 1e3) / 1e-4),
            -INFINITY,
            INFINITY,
            -5,
            NormalDistribution.of(1e3, 1e-2)::cumulativeProbability),
        new Case(
            "gamma",
            new Counted(x -> 2 * Math.log(x) - x, x -> 2 / x - 1),
            0,
            INFINITY,
            0.1,
            GammaDistribution.of(3, 1)::cumulativeProbability),
        new Case(
            "exponential",
            new Counted(x -> -x, x -> -1),
            0,
            INFINITY,
            2,
            ExponentialDistribution.of(1)::cumulativeProbability),
        new Case(
            "beta",
            new Counted(x -> Math.log(x) + 3 * Math.log1p(-x), x -> 1 / x - 3 / (1 - x)),
            0,
            1,
            0.9,
            BetaDistribution.of(2, 4)::cumulativeProbability),
        new Case(
            "Laplace, with a kink",
            new Counted(x -> -Math.abs(x), x -> -Math.signum(x)),
            -INFINITY,
            INFINITY,
            0.5,
            LaplaceDistribution.of(0, 1)::cumulativeProbability),
        new Case(
            "uniform",
            new Counted(x -> 0, x -> 0),
            -2,
            3,
            0,
            UniformContinuousDistribution.of(-2, 3)::cumulativeProbability));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsFollowTheDensityAndHardlyAskForIt(Case of) {
    ConcaveEnvelope envelope = ConcaveEnvelope.of(of.density, of.lower, of.upper, of.start, 0.001);
    assertThat(envelope.share()).isLessThanOrEqualTo(0.001);
    int n = 200_000;
    double[] sample = new double[n];
    KeyedSource source = new KeyedSource(KEY);
    for (int i = 0; i < n; i++) {
      sample[i] = envelope.draw(source.at(0, i, 0));
    }
    assertThat(Chance.follows(sample, of.cdf)).isTrue();
    // Knots included: fewer than 3 evaluations for 1000 draws.
    assertThat(of.density.asked).isLessThan(600);
    for (int i = 0; i < 1000; i++) {
      double exact = of.density.logDensity(sample[i]);
      double slack = 1e-9 * (1 + Math.abs(exact));
      assertThat(envelope.upper(sample[i])).isGreaterThanOrEqualTo(exact - slack);
      assertThat(envelope.lower(sample[i])).isLessThanOrEqualTo(exact + slack);
    }
    double lone = envelope.draw(source.at(0, 4711, 0));
    assertThat(lone).as("a draw needs no draws before it").isEqualTo(sample[4711]);
  }

  @Test
  void aMillionGaussians() {
    Counted density = new Counted(x -> -x * x / 2, x -> -x);
    ConcaveEnvelope envelope = ConcaveEnvelope.of(density, -INFINITY, INFINITY, 1, 0.001);
    KeyedSource source = new KeyedSource(KEY);
    double[] sample = new double[1_000_000];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = envelope.draw(source.at(1, i, 0));
    }
    assertThat(Chance.follows(sample, NormalDistribution.of(0, 1)::cumulativeProbability)).isTrue();
    assertThat(Chance.follows(sample, NormalDistribution.of(0.01, 1)::cumulativeProbability))
        .as("a mean off by a hundredth is seen")
        .isFalse();
    assertThat(envelope.knots()).isLessThan(100);
  }

  @Test
  void whatIsNotConcaveOrProperIsRefused() {
    LogConcave student = new Counted(x -> -2 * Math.log1p(x * x), x -> -4 * x / (1 + x * x));
    assertThatThrownBy(() -> ConcaveEnvelope.of(student, -INFINITY, INFINITY, 0.5, 0.001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the log density is not concave near");
    LogConcave rising = new Counted(x -> x, x -> 1);
    assertThatThrownBy(() -> ConcaveEnvelope.of(rising, 0, INFINITY, 1, 0.001))
        .hasMessageContaining("does not fall towards +infinity");
    assertThatThrownBy(() -> ConcaveEnvelope.of(rising, 0, 1, 1, 0.001))
        .hasMessage("start of the envelope: expected a number in (0.0, 1.0), found 1.0");
    LogConcave undefined = new Counted(x -> Double.NaN, x -> 0);
    assertThatThrownBy(() -> ConcaveEnvelope.of(undefined, 0, 1, 0.5, 0.001))
        .isInstanceOf(TargetException.class);
  }
}
