// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Counts that check machines: colourings of the cross, primes by two ways. */
class KnownCountsTest {
  @Test
  void colouringsOfTheCross() {
    long third = CrossColourings.ALL / 3;
    long parts =
        CrossColourings.count(0, third)
            + CrossColourings.count(third, third + 1)
            + CrossColourings.count(third + 1, CrossColourings.ALL);
    assertThat(parts).isEqualTo(27_216).isEqualTo(CrossColourings.ANSWER);
    assertThat(CrossColourings.count(7, 7)).isZero();
    assertThatThrownBy(() -> CrossColourings.count(0, CrossColourings.ALL + 1))
        .hasMessage("range of colourings: expected one within 0 to 43046721, found 0 to 43046722");
  }

  @Test
  void theRecurrenceCountsTheSamePrimesAsTheSieve() {
    for (long limit = 0; limit <= 300; limit++) {
      assertThat(PrimeRecurrence.upTo(limit)).as("%d", limit).isEqualTo(SegmentedSieve.upTo(limit));
    }
    for (long limit : new long[] {1000, 9409, 2_000_000, 3_999_999}) {
      assertThat(PrimeRecurrence.upTo(limit)).as("%d", limit).isEqualTo(SegmentedSieve.upTo(limit));
    }
  }

  /** Counts: OEIS A006880, sums: A046731. */
  @Test
  void theRecurrenceGivesThePublishedNumbers() {
    assertThat(PrimeRecurrence.upTo(2_000_000))
        .isEqualTo(new PrimeCount(148_933, 142_913_828_922L));
    assertThat(PrimeRecurrence.upTo(1_000_000_000))
        .isEqualTo(new PrimeCount(50_847_534, 24_739_512_092_254_535L));
    assertThat(PrimeRecurrence.upTo(PrimeRecurrence.MAX_LIMIT))
        .isEqualTo(new PrimeCount(455_052_511, 2_220_822_432_581_729_238L));
    assertThatThrownBy(() -> PrimeRecurrence.upTo(-1))
        .hasMessage("limit of primes: expected 0 to 10000000000, found -1");
  }
}
