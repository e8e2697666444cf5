// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingDimensionTest {
  @ParameterizedTest
  @CsvSource({"512, 51.96524", "100000, 95.90267", "5000000, 128.48982"})
  void articleRule(long vocabulary, double dimension) {
    assertThat(EmbeddingDimension.article(vocabulary)).isCloseTo(dimension, within(5e-6));
  }

  @Test
  void coefficientIsFourOverTheLogarithmOfTheGoldenRatio() {
    double phi = (1 + Math.sqrt(5)) / 2;
    assertThat(EmbeddingDimension.COEFFICIENT).isCloseTo(4 / Math.log(phi), within(2e-15));
    assertThat(EmbeddingDimension.limit(100_000))
        .isCloseTo(8.312347684940109 * Math.log(1e5), within(1e-13));
  }

  @ParameterizedTest
  @CsvSource({
    "32, -7.77471, 5e-6",
    "64, -15.4734, 5e-5",
    "96, -23.17256, 5e-6",
    "128, -30.87183, 5e-6",
    "256, -61.66922, 5e-6",
    "512, -123.26425, 5e-6"
  })
  void entropyGap(long n, double expected, double halfDigit) {
    assertThat(EmbeddingDimension.entropyGap(n)).isCloseTo(expected, within(halfDigit));
  }

  /** n = 2: h = ln I0(2) - 2 I1(2) / I0(2); n = 3: h = ln(sinh 3 / 3) - (3 coth 3 - 1). */
  @Test
  void entropyGapInClosedForm() {
    double i0 = 2.279585302336067;
    double i1 = 1.590636854637329;
    assertThat(EmbeddingDimension.entropyGap(2))
        .isCloseTo(Math.log(i0) - 2 * i1 / i0, within(1e-13));
    assertThat(EmbeddingDimension.entropyGap(3))
        .isCloseTo(Math.log(Math.sinh(3) / 3) - (3 / Math.tanh(3) - 1), within(1e-6));
  }

  @Test
  void entropyGapPerDimensionTendsToHalfTheLogarithmOfTheGoldenRatio() {
    assertThat(EmbeddingDimension.entropyGap(100_000) / 100_000)
        .isCloseTo(-2 / EmbeddingDimension.COEFFICIENT, within(1e-5));
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> EmbeddingDimension.article(0))
        .hasMessage("vocabulary must be at least 1, found 0");
    assertThatThrownBy(() -> EmbeddingDimension.entropyGap(1))
        .hasMessage("n must be at least 2, found 1");
  }
}
