// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarLawsTest {
  private static final int DRAWS = 50_000;
  private static final StreamKey KEY = StreamKey.of(20265, "test/scalar-laws");

  private static double[] sample(ToDoubleFunction<KeyedSource> draw) {
    KeyedSource source = new KeyedSource(KEY);
    double[] sample = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      sample[i] = draw.applyAsDouble(source.at(0, i, 0));
    }
    return sample;
  }

  @Test
  void exponentialAndGaussian() {
    double[] exponentials = sample(Variates::exponential);
    assertThat(Chance.follows(exponentials, ExponentialDistribution.of(1)::cumulativeProbability))
        .isTrue();
    assertThat(
            Chance.follows(exponentials, ExponentialDistribution.of(1.05)::cumulativeProbability))
        .as("a mean off by a twentieth is seen")
        .isFalse();
    double[] gaussians = sample(Variates::gaussian);
    assertThat(Chance.follows(gaussians, NormalDistribution.of(0, 1)::cumulativeProbability))
        .isTrue();
  }

  @Test
  void vectorsOfGaussiansBeginWithTheShorterOnes() {
    double[] seven = new double[9];
    double[] four = new double[4];
    new Gaussians(KEY).fill(3, 1, 4, seven, 1, 7);
    new Gaussians(KEY).fill(3, 1, 4, four, 0, 4);
    assertThat(seven).startsWith(0, four[0], four[1], four[2], four[3]).endsWith(0.0);
    assertThat(seven[7]).isNotZero();
  }

  // One row for every branch of the choice, and the seams between them.
  @ParameterizedTest
  @CsvSource({
    "-Infinity, Infinity",
    "-1, Infinity",
    "0, Infinity",
    "0.2, Infinity",
    "0.3, Infinity",
    "1, Infinity",
    "4, Infinity",
    "-1, 1",
    "-2, 3",
    "-0.01, 0.02",
    "0, 0.5",
    "0.2, 1.9",
    "0.2, 2.1",
    "2, 2.1",
    "2, 4",
    "3, 3.3",
    "-Infinity, -3",
    "-Infinity, 0",
    "-4, -3",
    "-Infinity, 1",
    "-2.5, 0.01"
  })
  void truncatedNormals(double lower, double upper) {
    double[] sample = sample(source -> TruncatedNormal.draw(source, lower, upper));
    // Distribution functions in the tail lose their digits on the right: mirror.
    double sign = lower > 0 ? -1 : 1;
    NormalDistribution law = NormalDistribution.of(0, 1);
    double from = law.cumulativeProbability(sign > 0 ? lower : -upper);
    double to = law.cumulativeProbability(sign > 0 ? upper : -lower);
    double[] mirrored = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      assertThat(sample[i]).isBetween(lower, upper);
      mirrored[i] = sign * sample[i];
    }
    assertThat(Chance.follows(mirrored, x -> (law.cumulativeProbability(x) - from) / (to - from)))
        .isTrue();
  }

  // lower (x - lower) tends to an exponential; its mean is lower (1 / Mills' ratio - lower).
  @ParameterizedTest
  @CsvSource({"10, 0.980932339625", "37, 0.998544386699", "1000, 0.999998", "1e8, 1", "1e170, NaN"})
  void farTailsOfNormalsAreExponential(double lower, double expected) {
    double[] sample =
        sample(
            source ->
                lower * (TruncatedNormal.draw(source, lower, Double.POSITIVE_INFINITY) - lower));
    double sum = 0;
    for (double value : sample) {
      assertThat(value).isGreaterThanOrEqualTo(0);
      sum += value;
    }
    if (lower < 1e6) {
      assertThat(Chance.meanFits(sum / DRAWS, expected, 1 / Math.sqrt(DRAWS))).isTrue();
    }
  }

  @Test
  void truncatedNormalsOfAnyScaleStayInside() {
    double[] sample = sample(source -> TruncatedNormal.draw(source, 5, 2, 4, 5.5));
    TruncatedNormalDistribution law = TruncatedNormalDistribution.of(5, 2, 4, 5.5);
    assertThat(Chance.follows(sample, law::cumulativeProbability)).isTrue();
    KeyedSource source = new KeyedSource(KEY);
    assertThatThrownBy(() -> TruncatedNormal.draw(source, 1, 1))
        .hasMessage("bounds of a truncated Gaussian: expected lower < upper, found 1.0 and 1.0");
    assertThatThrownBy(() -> TruncatedNormal.draw(source, 0, -1, 1, 2))
        .hasMessageContaining("deviation");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.999, 1, 1.5, 7, 1000})
  void gammas(double shape) {
    double[] sample = sample(source -> Gamma.draw(source, shape));
    GammaDistribution law = GammaDistribution.of(shape, 1);
    assertThat(Chance.follows(sample, law::cumulativeProbability)).isTrue();
    GammaDistribution other = GammaDistribution.of(1.1 * shape, 1);
    assertThat(Chance.follows(sample, other::cumulativeProbability)).isFalse();
    double[] logs = sample(source -> Gamma.drawLog(source, shape));
    assertThat(Chance.follows(logs, x -> law.cumulativeProbability(Math.exp(x)))).isTrue();
  }

  @Test
  void inverseGammasAndChiSquares() {
    double[] inverse = sample(source -> Gamma.drawInverse(source, 2.5, 3));
    GammaDistribution law = GammaDistribution.of(2.5, 1.0 / 3);
    assertThat(Chance.follows(inverse, x -> law.survivalProbability(1 / x))).isTrue();
    double[] heavy = sample(source -> Gamma.drawInverse(source, 0.5, 3));
    GammaDistribution half = GammaDistribution.of(0.5, 1.0 / 3);
    assertThat(Chance.follows(heavy, x -> half.survivalProbability(1 / x))).isTrue();
    double[] squares = sample(source -> Gamma.drawChiSquare(source, 3));
    GammaDistribution chi = GammaDistribution.of(1.5, 2);
    assertThat(Chance.follows(squares, chi::cumulativeProbability)).isTrue();
    KeyedSource source = new KeyedSource(KEY);
    assertThatThrownBy(() -> Gamma.draw(source, 0)).hasMessageContaining("found 0.0");
    assertThatThrownBy(() -> Gamma.drawInverse(source, 1, Double.NaN)).hasMessageContaining("NaN");
    assertThat(Gamma.drawLog(source.at(0, 0, 0), 1e-9)).isLessThan(-1e5).isFinite();
  }

  @Test
  void categoriesComeWithTheirProbabilities() {
    double[] weights = {0, 3, 0.5, 1e-300, 6, 0.5, 0};
    AliasTable table = AliasTable.of(weights);
    long[] counts = new long[weights.length];
    KeyedSource source = new KeyedSource(KEY);
    for (int i = 0; i < DRAWS; i++) {
      counts[table.draw(source.at(9, i, 0).nextLong())]++;
    }
    for (int k = 0; k < weights.length; k++) {
      double p = weights[k] / 10;
      assertThat(Chance.meanFits(counts[k], DRAWS * p, Math.sqrt(DRAWS * p * (1 - p)))).isTrue();
    }
    assertThat(AliasTable.of(new double[] {5}).draw(-1)).isZero();
    assertThatThrownBy(() -> AliasTable.of(new double[] {0, 0})).hasMessageContaining("sum");
    assertThatThrownBy(() -> AliasTable.of(new double[] {1, Double.NaN}))
        .hasMessageContaining("position 1");
    // Every column of a large table keeps its probability: sum over words at the columns' middles.
    double[] ramp = new double[1000];
    for (int k = 0; k < ramp.length; k++) {
      ramp[k] = k;
    }
    AliasTable large = AliasTable.of(ramp);
    double[] mass = new double[1000];
    long step = Long.divideUnsigned(-1L, 1_000_000);
    for (int i = 0; i < 1_000_000; i++) {
      mass[large.draw(step * i + step / 2)] += 1e-6;
    }
    for (int k = 0; k < ramp.length; k++) {
      assertThat(mass[k]).isCloseTo(k / 499_500.0, within(3e-5));
    }
  }
}
