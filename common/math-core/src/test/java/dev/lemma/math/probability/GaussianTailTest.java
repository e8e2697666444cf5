// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianTailTest {
  // mpmath 1.3: log(erfc(x / sqrt(2)) / 2) with 50 digits.
  @ParameterizedTest
  @CsvSource({
    "-40, 0.0",
    "-8, -6.22096057427178606e-16",
    "-2, -0.0230129093289634885",
    "-0.5, -0.368946415288656393",
    "0, -0.693147180559945309",
    "0.3, -0.962102818168850657",
    "1, -1.84102164500926351",
    "2.5, -5.0816482772786905",
    "5, -15.0649983939887257",
    "8, -35.0134371599145499",
    "12, -75.4106730015687959",
    "37.5, -707.668989317507191",
    "100, -5005.52420869420509",
    "100000.0, -5000000012.431864"
  })
  void logarithmsKeepTheirDigitsEverywhere(double x, double expected) {
    // Relative to the tail itself: an error of the logarithm, plus that of the rounded square.
    assertThat(GaussianTail.logUpper(x))
        .isCloseTo(expected, within(1e-15 + 5e-16 * Math.abs(expected)));
    assertThat(GaussianTail.logLower(-x)).isEqualTo(GaussianTail.logUpper(x));
  }

  @Test
  void tailsAreTheirExponentials() {
    assertThat(GaussianTail.upper(0)).isCloseTo(0.5, within(2e-16));
    assertThat(GaussianTail.upper(1)).isCloseTo(0.15865525393145705, within(1e-16));
    assertThat(GaussianTail.lower(1)).isCloseTo(0.8413447460685429, within(2e-16));
    assertThat(GaussianTail.upper(30))
        .isCloseTo(4.906713927148187e-198, Percentage.withPercentage(1e-10));
    assertThat(GaussianTail.upper(Double.POSITIVE_INFINITY)).isZero();
    assertThat(GaussianTail.upper(Double.NEGATIVE_INFINITY)).isEqualTo(1);
    assertThat(GaussianTail.logUpper(Double.POSITIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(GaussianTail.logUpper(1e200)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(GaussianTail.upper(Double.NaN)).isNaN();
  }

  @Test
  void logarithmsOfTheGammaFunction() {
    assertThat(LogGamma.of(0.5)).isCloseTo(0.5723649429247001, within(1e-14));
    assertThat(LogGamma.of(1)).isCloseTo(0, within(1e-14));
    assertThat(LogGamma.of(10.25)).isCloseTo(13.368023671476046, within(1e-13));
    assertThat(LogGamma.of(1e6)).isCloseTo(12815504.569147611, within(1e-8));
    assertThat(LogGamma.of(0)).isNaN();
    assertThat(LogGamma.of(-1)).isNaN();
  }
}
