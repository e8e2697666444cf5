// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolyaGammaTest {
  private static final int DRAWS = 60_000;
  private static final StreamKey KEY = StreamKey.of(20264, "test/polya-gamma");

  // Closed forms of mean, variance and E exp(-w).
  @ParameterizedTest
  @CsvSource({
    "0, 0.2500000000, 0.0416666667, 0.7932781817",
    "0.5, 0.2449186624, 0.0396598008, 0.7966528278",
    "1, 0.2310585786, 0.0344466454, 0.8060047866",
    "2, 0.1903985390, 0.0213512384, 0.8347450531",
    "-2, 0.1903985390, 0.0213512384, 0.8347450531",
    "5, 0.0986614298, 0.0036805349, 0.9076618187",
    "10, 0.0499954602, 0.0004995006, 0.9514690034"
  })
  void momentsAreThoseOfTheLaw(double tilt, double mean, double variance, double laplace) {
    Moments of = moments(1, tilt, mean, laplace);
    assertThat(Chance.meanFits(of.mean, mean, Math.sqrt(variance / DRAWS))).isTrue();
    assertThat(Chance.meanFits(of.laplace, laplace, of.laplaceError)).isTrue();
    assertThat(Chance.meanFits(of.variance, variance, of.varianceError)).isTrue();
    // Power: a mean off by one in sixty standard deviations would not pass.
    assertThat(
            Chance.meanFits(
                of.mean, mean + 0.04 * Math.sqrt(variance), Math.sqrt(variance / DRAWS)))
        .isFalse();
  }

  @Test
  void largerShapesAreSums() {
    Moments of = moments(3, 1, 3 * 0.2310585786, Math.pow(0.8060047866, 3));
    assertThat(Chance.meanFits(of.mean, 3 * 0.2310585786, Math.sqrt(3 * 0.0344466454 / DRAWS)))
        .isTrue();
    assertThat(Chance.meanFits(of.laplace, Math.pow(0.8060047866, 3), of.laplaceError)).isTrue();
  }

  @Test
  void extremeTiltsGiveTheirLimit() {
    // For large z the law concentrates about 1 / (2 z), with variance 1 / (2 z^3) at first order.
    KeyedSource source = new KeyedSource(KEY);
    for (double z : new double[] {100, 700, 1e4, 1e8}) {
      double w = PolyaGamma.draw(source.at(1, 0, 0), 1, z);
      assertThat(w * 2 * z - 1).isBetween(-8 * Math.sqrt(2 / z), 8 * Math.sqrt(2 / z));
    }
  }

  @Test
  void refusesWhatHasNoLaw() {
    KeyedSource source = new KeyedSource(KEY);
    assertThatThrownBy(() -> PolyaGamma.draw(source, 0, 1))
        .hasMessage(
            "shape of a Polya-Gamma variate: expected a whole number of at least 1, found 0");
    assertThatThrownBy(() -> PolyaGamma.draw(source, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private record Moments(
      double mean, double variance, double varianceError, double laplace, double laplaceError) {}

  private static Moments moments(int shape, double tilt, double mean, double laplace) {
    KeyedSource source = new KeyedSource(KEY);
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    double laplaces = 0;
    double laplaceSquares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double w = PolyaGamma.draw(source.at(i, shape, 0), shape, tilt);
      double centred = (w - mean) * (w - mean);
      sum += w;
      squares += centred;
      fourths += centred * centred;
      double e = Math.exp(-w);
      laplaces += e;
      laplaceSquares += (e - laplace) * (e - laplace);
    }
    double variance = squares / DRAWS;
    return new Moments(
        sum / DRAWS,
        variance,
        Math.sqrt((fourths / DRAWS - variance * variance) / DRAWS),
        laplaces / DRAWS,
        Math.sqrt(laplaceSquares) / DRAWS);
  }
}
