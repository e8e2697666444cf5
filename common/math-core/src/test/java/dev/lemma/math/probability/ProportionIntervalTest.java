// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionIntervalTest {
  /** The ends are where the binomial tails reach alpha / 2: solved again by Commons Statistics. */
  @ParameterizedTest
  @CsvSource({"1, 10, 0.95", "3, 10, 0.99", "9, 10, 0.9", "50, 5000, 0.99", "997, 1000, 0.99"})
  void endsPutHalfOfAlphaInEachTail(int successes, int trials, double confidence) {
    ProportionInterval interval = ProportionInterval.of(successes, trials, confidence);
    double side = (1 - confidence) / 2;
    assertThat(BinomialDistribution.of(trials, interval.lower()).survivalProbability(successes - 1))
        .isCloseTo(side, within(1e-10));
    assertThat(BinomialDistribution.of(trials, interval.upper()).cumulativeProbability(successes))
        .isCloseTo(side, within(1e-10));
  }

  @Test
  void noSuccessHasTheClosedForm() {
    ProportionInterval interval = ProportionInterval.of(0, 1_000_000_000L, 0.99);
    assertThat(interval.lower()).isZero();
    // 1 - (alpha / 2)^(1 / n)
    double expected = -Math.expm1(Math.log(0.005) / 1e9);
    assertThat(interval.upper()).isCloseTo(expected, within(1e-12 * expected));
    assertThat(interval.estimate()).isZero();
  }

  @Test
  void nothingButSuccessesMirrorsNone() {
    ProportionInterval none = ProportionInterval.of(0, 40, 0.95);
    ProportionInterval all = ProportionInterval.of(40, 40, 0.95);
    assertThat(all.upper()).isEqualTo(1);
    assertThat(all.lower()).isCloseTo(1 - none.upper(), within(1e-15));
  }

  /**
   * Exact coverage, summed over all outcomes: never below 99 %. The same sum for a Wald interval
   * falls below 70 % at p = 0.02, which is why this one is used.
   */
  @ParameterizedTest
  @CsvSource({"0.001", "0.02", "0.3", "0.5", "0.98"})
  void coversAtLeastTheStatedProbability(double p) {
    int trials = 60;
    BinomialDistribution law = BinomialDistribution.of(trials, p);
    double covered = 0;
    for (int s = 0; s <= trials; s++) {
      ProportionInterval interval = ProportionInterval.of(s, trials, 0.99);
      if (interval.lower() <= p && p <= interval.upper()) {
        covered += law.probability(s);
      }
    }
    assertThat(covered).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void refusesWhatIsNoCount() {
    assertThatThrownBy(() -> ProportionInterval.of(0, 0, 0.99))
        .hasMessage("trials must be at least 1, found 0");
    assertThatThrownBy(() -> ProportionInterval.of(11, 10, 0.99))
        .hasMessage("successes must lie in 0 to trials = 10, found 11");
    assertThatThrownBy(() -> ProportionInterval.of(1, 10, 1))
        .hasMessage("confidence must lie in (0, 1), found 1.0");
  }
}
