// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.probability.ProportionInterval;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecallEstimateTest {
  /** Without a miss a query counts once, however many pairs it wants. */
  @Test
  void aCleanSampleIsNoBetterThanItsQueries() {
    int[] wanted = new int[200];
    Arrays.fill(wanted, 10);
    RecallEstimate estimate = RecallEstimate.of(wanted, wanted, 0.99);
    ProportionInterval queries = ProportionInterval.of(200, 200, 0.99);
    assertThat(estimate.estimate()).isEqualTo(1);
    assertThat(estimate.upper()).isEqualTo(1);
    assertThat(estimate.lower()).isCloseTo(queries.lower(), within(2e-4));
    assertThat(estimate.effectiveSize()).isCloseTo(200, within(3.0));
  }

  /** Single wanted pairs are a binomial sample. */
  @Test
  void singlePairsGiveTheExactInterval() {
    int[] wanted = new int[300];
    int[] found = new int[300];
    Arrays.fill(wanted, 1);
    Arrays.fill(found, 0, 270, 1);
    RecallEstimate estimate = RecallEstimate.of(wanted, found, 0.99);
    ProportionInterval exact = ProportionInterval.of(270, 300, 0.99);
    assertThat(estimate.lower()).isCloseTo(exact.lower(), within(1e-3));
    assertThat(estimate.upper()).isCloseTo(exact.upper(), within(1e-3));
  }

  /**
   * Coverage over 1,000 samples: all pairs of a query share a fate with probability 1/2, and
   * otherwise miss alone. At 99 % nominal, at most 26 samples may miss the truth (an interval that
   * covers with 99 % fails with probability 1e-5); the binomial interval of the pairs fails, as the
   * last assertion shows.
   */
  @ParameterizedTest
  @CsvSource({"0.95, 100", "0.8, 100", "0.99, 200", "0.95, 30"})
  void theIntervalHoldsTheTruthAlthoughPairsOfAQueryCling(double recall, int queries) {
    SplittableRandom random = new SplittableRandom(17);
    int outside = 0;
    int binomialOutside = 0;
    for (int sample = 0; sample < 1000; sample++) {
      int[] wanted = new int[queries];
      int[] found = new int[queries];
      for (int q = 0; q < queries; q++) {
        wanted[q] = 1 + random.nextInt(19);
        boolean clings = random.nextBoolean();
        boolean all = random.nextDouble() < recall;
        for (int pair = 0; pair < wanted[q]; pair++) {
          found[q] += (clings ? all : random.nextDouble() < recall) ? 1 : 0;
        }
      }
      RecallEstimate estimate = RecallEstimate.of(wanted, found, 0.99);
      outside += estimate.lower() > recall || estimate.upper() < recall ? 1 : 0;
      if (sample < 200) {
        ProportionInterval binomial =
            ProportionInterval.of(estimate.found(), estimate.wanted(), 0.99);
        binomialOutside += binomial.lower() > recall || binomial.upper() < recall ? 1 : 0;
      }
    }
    assertThat(outside).isLessThanOrEqualTo(26);
    assertThat(binomialOutside).isGreaterThan(8);
  }

  @Test
  void nothingWantedSaysNothing() {
    RecallEstimate estimate = RecallEstimate.of(new int[] {0, 0}, new int[] {0, 0}, 0.99);
    assertThat(estimate.estimate()).isNaN();
    assertThat(estimate.lower()).isZero();
    assertThat(estimate.upper()).isEqualTo(1);
    RecallEstimate none = RecallEstimate.of(new int[] {4, 3}, new int[] {0, 0}, 0.99);
    assertThat(none.lower()).isZero();
    assertThat(none.upper()).isLessThan(1);
    assertThatThrownBy(() -> RecallEstimate.of(new int[] {1}, new int[] {2}, 0.99))
        .hasMessage("recall of query 0: expected 0 to 1 found pairs, got 2");
  }

  /** Ties with the k-th count as found, whichever of them a search returned. */
  @Test
  void tiesCountAsFound() {
    double[] nearest = {0.1, 0.2, 0.3};
    assertThat(RecallEstimate.hits(nearest, new double[] {0.1, 0.3, 0.3})).isEqualTo(3);
    assertThat(RecallEstimate.hits(nearest, new double[] {0.1, 0.3, 0.31})).isEqualTo(2);
    assertThat(RecallEstimate.hits(nearest, new double[] {})).isZero();
    assertThat(RecallEstimate.hits(new double[] {}, new double[] {0.1})).isZero();
    assertThat(RecallEstimate.hits(nearest, new double[] {0.1, 0.1, 0.1, 0.2})).isEqualTo(3);
  }
}
