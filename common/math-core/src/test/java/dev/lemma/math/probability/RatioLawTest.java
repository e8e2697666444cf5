// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tails against 60-digit values (scripts/ratio_tails.py) and against Commons Statistics. */
class RatioLawTest {
  /**
   * Allowed error of a logarithm: what a few roundings of its largest terms leave. In the plain
   * domain 1e-14 (1 + 900) is 1e-11 for a probability of 1e-400.
   */
  private static double tolerance(double logarithm) {
    return 1e-14 * (1 + Math.abs(logarithm));
  }

  private static RatioLaw law(long k, long d) {
    return d == 0 ? RatioLaw.gamma(0.5 * k) : RatioLaw.beta(0.5 * k, 0.5 * (d - k));
  }

  private static void assertClose(double actual, String golden) {
    if (golden.equals("-inf")) {
      assertThat(actual).isEqualTo(Double.NEGATIVE_INFINITY);
    } else {
      double expected = Double.parseDouble(golden);
      assertThat(actual).isCloseTo(expected, within(tolerance(expected)));
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "ratio-tails.csv", numLinesToSkip = 1)
  void tailsMatchSixtyDigitArithmetic(
      long k, long d, double u, String above, String below, String density) {
    RatioLaw law = law(k, d);
    assertClose(law.logAbove(u), above);
    if (u <= 1) {
      assertClose(law.logBelow(-u), below);
    }
    assertClose(law.logDensity(1 + u), density);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.3", "2, 0.1", "5, 0.9", "50, 0.2", "400, 0.1", "3000, 0.05", "20000, 0.01"})
  void agreesWithChiSquaredOfCommonsStatistics(long k, double u) {
    ChiSquaredDistribution oracle = ChiSquaredDistribution.of(k);
    RatioLaw law = RatioLaw.gamma(0.5 * k);
    assertThat(law.logAbove(u))
        .isCloseTo(Math.log(oracle.survivalProbability(k * (1 + u))), within(1e-11));
    assertThat(law.logBelow(-u))
        .isCloseTo(Math.log(oracle.cumulativeProbability(k * (1 - u))), within(1e-11));
    assertThat(law.logDensity(1 + u))
        .isCloseTo(oracle.logDensity(k * (1 + u)) + Math.log(k), within(1e-10));
    assertThat(law.quantile(0.01) * k)
        .isCloseTo(oracle.inverseCumulativeProbability(0.01), within(1e-8 * k));
    assertThat(law.upperQuantile(1e-6) * k)
        .isCloseTo(oracle.inverseSurvivalProbability(1e-6), within(1e-8 * k));
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 0.3", "2, 50, 0.4", "30, 40, 0.1", "334, 4096, 0.2", "900, 1000, 0.05"})
  void agreesWithBetaOfCommonsStatistics(long k, long d, double u) {
    BetaDistribution oracle = BetaDistribution.of(0.5 * k, 0.5 * (d - k));
    RatioLaw law = law(k, d);
    double mean = (double) k / d;
    assertThat(law.logAbove(u))
        .isCloseTo(Math.log(oracle.survivalProbability(mean * (1 + u))), within(1e-10));
    assertThat(law.logBelow(-u))
        .isCloseTo(Math.log(oracle.cumulativeProbability(mean * (1 - u))), within(1e-10));
    assertThat(law.logDensity(1 + u))
        .isCloseTo(oracle.logDensity(mean * (1 + u)) + Math.log(mean), within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 0",
    "7, 0",
    "334, 0",
    "12184, 0",
    "1000000, 0",
    "1, 2",
    "1, 40",
    "39, 40",
    "334, 512",
    "511, 512",
    "12184, 131072"
  })
  void quantilesInvertTheTails(long k, long d) {
    RatioLaw law = law(k, d);
    for (double p : new double[] {1e-300, 1e-20, 1e-3, 0.2, 0.5, 0.9}) {
      double below = law.quantile(p);
      double above = law.upperQuantile(p);
      // Closer to an end of the support than this, 1 + u has no digits left to invert with.
      if (below > 1e-6) {
        assertThat(law.logBelow(below - 1)).isCloseTo(Math.log(p), rounding(law, below, p));
      }
      if (above < law.largest() - 1e-6) {
        assertThat(law.logAbove(above - 1)).isCloseTo(Math.log(p), rounding(law, above, p));
      }
    }
  }

  /**
   * What r and u = r - 1 are rounded by, times the slope of the logarithm of its tail, and the
   * tail's own error.
   */
  private static Offset<Double> rounding(RatioLaw law, double ratio, double p) {
    double slope = Math.exp(law.logDensity(ratio) - Math.log(p));
    return within(
        4e-14 * (1 + Math.abs(Math.log(p))) + Math.max(2 * Math.ulp(ratio), Math.ulp(1.0)) * slope);
  }

  /** P(chi2_1 < r) = erf(sqrt(r / 2)), which is sqrt(2 r / pi) (1 - r / 6) for small r. */
  @Test
  void ratiosNearZeroKeepTheirDigits() {
    RatioLaw law = RatioLaw.gamma(0.5);
    for (double r : new double[] {1e-12, 1e-22, 1e-300}) {
      double expected = 0.5 * Math.log(2 * r / Math.PI) - r / 6;
      assertThat(law.logBelowRatio(r)).isCloseTo(expected, within(tolerance(expected)));
    }
    assertThat(law.logBelowRatio(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(law.logBelowRatio(0.7)).isCloseTo(law.logBelow(-0.3), within(1e-15));
    assertThatThrownBy(() -> law.logBelowRatio(1.1))
        .hasMessage("a ratio below the mean lies in [0, 1], found 1.1");
  }

  @Test
  void medianOfTwoDegreesIsTwoLogTwo() {
    assertThat(RatioLaw.gamma(1).quantile(0.5)).isCloseTo(LogDomain.LN_2, within(1e-15));
  }

  @Test
  void arcsineLawHasItsClosedQuantiles() {
    // Beta(1/2, 1/2): the quantile of p is sin^2(pi p / 2), over the mean 1/2.
    RatioLaw law = RatioLaw.beta(0.5, 0.5);
    for (double p : new double[] {1e-12, 0.01, 0.3, 0.5, 0.77}) {
      double sine = Math.sin(Math.PI * p / 2);
      double expected = 2 * sine * sine;
      assertThat(law.quantile(p)).isCloseTo(expected, within(1e-14 * expected));
    }
  }

  @Test
  void endsOfTheSupport() {
    RatioLaw gamma = RatioLaw.gamma(3);
    RatioLaw beta = RatioLaw.beta(2, 6);
    assertThat(beta.largest()).isEqualTo(4);
    assertThat(beta.scale()).isEqualTo(0.25);
    assertThat(gamma.logAbove(-1)).isZero();
    assertThat(gamma.logBelow(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(gamma.logAbove(Double.POSITIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(beta.logAbove(3)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(beta.logBelow(3)).isZero();
    assertThat(beta.logBelow(17)).isZero();
    assertThat(beta.logDensity(-0.5)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(beta.logDensity(4)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(beta.quantile(0)).isZero();
    assertThat(beta.quantile(1)).isEqualTo(4);
    assertThat(beta.upperQuantile(0)).isEqualTo(4);
    assertThat(gamma.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void tailsOnTheFarSideOfTheMeanAreComplements() {
    RatioLaw law = RatioLaw.gamma(50);
    for (double u : new double[] {-0.4, -0.1, 0.1, 0.4}) {
      assertThat(Math.exp(law.logAbove(u)) + Math.exp(law.logBelow(u))).isCloseTo(1, within(1e-14));
    }
  }

  @Test
  void varianceOfTheRatio() {
    assertThat(RatioLaw.gamma(150).variance()).isEqualTo(1 / 150.0);
    // 2 (d - k) / (k (d + 2)) at k = 300, d = 1000
    assertThat(RatioLaw.beta(150, 350).variance())
        .isCloseTo(2.0 * 700 / (300.0 * 1002), within(1e-17));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.49, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesShapesOutOfRange(double shape) {
    assertThatThrownBy(() -> RatioLaw.gamma(shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape a must be finite and at least 1/2, found " + shape);
    assertThatThrownBy(() -> RatioLaw.beta(1, shape)).hasMessageStartingWith("shape b");
  }

  @Test
  void refusesDeviationsAndProbabilitiesOutOfRange() {
    RatioLaw law = RatioLaw.gamma(1);
    assertThatThrownBy(() -> law.logAbove(-1.5))
        .hasMessage("a deviation must be at least -1, found -1.5");
    assertThatThrownBy(() -> law.logBelow(Double.NaN)).hasMessageContaining("found NaN");
    assertThatThrownBy(() -> law.quantile(1.5))
        .hasMessage("a probability must lie in [0, 1], found 1.5");
    assertThatThrownBy(() -> law.upperQuantile(Double.NaN)).hasMessageContaining("found NaN");
  }
}
