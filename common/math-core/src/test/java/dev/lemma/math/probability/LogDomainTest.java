// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogDomainTest {
  /** Values of ln(1 + x) - x at the doubles x, 40-digit arithmetic. */
  @ParameterizedTest
  @CsvSource({
    "1e-12, -4.9999999999966664655e-25",
    "-1e-12, -5.0000000000033331322e-25",
    "1e-5, -4.9999666669166654847e-11",
    "0.1, -0.0046898201956751404607",
    "-0.1, -0.0053605156578263018443",
    "0.59, -0.12626598376785983096",
    "0.61, -0.13376582100362836708",
    "-0.59, -0.30159811928378351944",
    "-0.999, -5.9087552789821361648",
    "30, -26.566012795514853754"
  })
  void log1pMinusKeepsItsDigits(double x, double expected) {
    assertThat(LogDomain.log1pMinus(x)).isCloseTo(expected, within(2e-15 * Math.abs(expected)));
  }

  @Test
  void log1pMinusAtTheEnds() {
    assertThat(LogDomain.log1pMinus(0)).isZero();
    assertThat(LogDomain.log1pMinus(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogDomain.log1pMinus(-2)).isNaN();
  }

  @Test
  void sumOfTinyProbabilities() {
    assertThat(LogDomain.sum(-5000, -5000)).isEqualTo(-5000 + LogDomain.LN_2);
    assertThat(LogDomain.sum(Double.NEGATIVE_INFINITY, -3)).isEqualTo(-3);
    assertThat(LogDomain.sum(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogDomain.sum(-1, -2)).isCloseTo(-0.6867383124818, within(1e-12));
  }

  @Test
  void complementOfNearlyOneAndNearlyZero() {
    assertThat(LogDomain.complement(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogDomain.complement(1e-17)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogDomain.complement(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(LogDomain.complement(-1e-20)).isCloseTo(Math.log(1e-20), within(1e-13));
    assertThat(LogDomain.complement(-50)).isCloseTo(-Math.exp(-50), within(1e-35));
  }

  /** Values of ln Gamma(z) - (z - 1/2) ln z + z - ln(2 pi) / 2, 40-digit arithmetic. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.15342640972002734529",
    "1, 0.08106146679532725822",
    "1.5, 0.054814121051917653896",
    "3.25, 0.025562157964525794126",
    "11.9, 0.0070011560515342099417",
    "12.1, 0.0068854874028007479186",
    "150, 0.00055555473252073908596",
    "99999.5, 8.3333750001805561806e-7"
  })
  void stirlingRemainderIsAbsolutelyExact(double z, double expected) {
    assertThat(Stirling.remainder(z)).isCloseTo(expected, within(2e-15));
  }

  @Test
  void stirlingRemainderVanishesAtInfinity() {
    assertThat(Stirling.remainder(Double.POSITIVE_INFINITY)).isZero();
  }
}
