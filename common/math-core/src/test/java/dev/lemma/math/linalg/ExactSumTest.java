// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {
  private static final double TINY = Double.MIN_VALUE;
  private static final double HUGE = Double.MAX_VALUE;

  private static double sum(double... terms) {
    return sumOf(terms).value();
  }

  private static ExactSum sumOf(double... terms) {
    ExactSum sum = new ExactSum();
    sum.add(terms, 0, terms.length);
    return sum;
  }

  /**
   * The oracle: BigDecimal adds exactly, and its doubleValue rounds correctly since JDK 9 fixes.
   */
  private static double oracle(double... terms) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double term : terms) {
      sum = sum.add(new BigDecimal(term));
    }
    return Double.parseDouble(sum.toString());
  }

  private static void assertSameBits(double found, double expected) {
    assertThat(Double.doubleToLongBits(found)).isEqualTo(Double.doubleToLongBits(expected));
  }

  @Test
  void anEmptySumAndZerosArePositiveZero() {
    assertSameBits(sum(), 0.0);
    assertSameBits(sum(-0.0, -0.0), 0.0);
    assertSameBits(sum(1.5, -1.5), 0.0);
  }

  @Test
  void whatCancelsLeavesTheSmallTermWhole() {
    assertSameBits(sum(1e308, 1, -1e308), 1.0);
    assertSameBits(sum(1e308, 1e308, TINY, -1e308, -1e308), TINY);
    assertSameBits(sum(HUGE, -TINY, -HUGE), -TINY);
    assertSameBits(sum(1, 0x1p-1074, -1), 0x1p-1074);
  }

  @Test
  void aPartialSumMayLeaveTheRangeOfDouble() {
    double[] terms = new double[2000];
    Arrays.fill(terms, 0, 1000, HUGE);
    Arrays.fill(terms, 1000, 1999, -HUGE);
    terms[1999] = -0.5 * HUGE;
    assertSameBits(sum(terms), 0.5 * HUGE);
  }

  @Test
  void onlyTheWholeSumOverflows() {
    double halfUlp = 0x1p970;
    assertSameBits(sum(HUGE, HUGE), Double.POSITIVE_INFINITY);
    assertSameBits(sum(-HUGE, -HUGE, -HUGE), Double.NEGATIVE_INFINITY);
    // Exactly half a step above the largest double rounds away from it, anything less does not.
    assertSameBits(sum(HUGE, halfUlp), Double.POSITIVE_INFINITY);
    assertSameBits(sum(HUGE, halfUlp, -TINY), HUGE);
    assertSameBits(sum(-HUGE, -halfUlp, TINY), -HUGE);
  }

  @Test
  void tiesGoToTheEvenNeighbourAndABitFarBelowBreaksThem() {
    assertSameBits(sum(1, 0x1p-53), 1.0);
    assertSameBits(sum(1, 0x1p-53, TINY), Math.nextUp(1.0));
    assertSameBits(sum(1, 0x1p-53, -TINY), 1.0);
    assertSameBits(sum(Math.nextUp(1.0), 0x1p-53), 1.0 + 0x1p-51);
    assertSameBits(sum(Math.nextUp(1.0), 0x1p-53, -TINY), Math.nextUp(1.0));
    // Rounding up carries through all 53 bits into the exponent.
    assertSameBits(sum(Math.nextDown(2.0), 0x1p-53), 2.0);
  }

  @Test
  void subnormalsMeetNormalNumbersWithoutASeam() {
    double largestSubnormal = Math.nextDown(Double.MIN_NORMAL);
    assertSameBits(sum(largestSubnormal, TINY), Double.MIN_NORMAL);
    assertSameBits(sum(Double.MIN_NORMAL, -TINY), largestSubnormal);
    assertSameBits(sum(TINY, TINY, TINY), 3 * TINY);
    assertSameBits(sum(-largestSubnormal, -largestSubnormal), -2 * largestSubnormal);
  }

  @Test
  void infinityAndNanBehaveAsInOrdinaryAddition() {
    double inf = Double.POSITIVE_INFINITY;
    assertSameBits(sum(1, inf, HUGE), inf);
    assertSameBits(sum(-inf, 3, -inf), -inf);
    assertSameBits(sum(inf, -inf), Double.NaN);
    assertSameBits(sum(1, Double.NaN), Double.NaN);
    assertSameBits(sum(Double.NaN, inf), Double.NaN);
  }

  @Test
  void mergingCarriesInfinityAndNanAlong() {
    ExactSum sum = sumOf(1);
    sum.merge(sumOf(Double.POSITIVE_INFINITY));
    assertSameBits(sum.value(), Double.POSITIVE_INFINITY);
    sum.merge(sumOf(Double.NEGATIVE_INFINITY));
    assertSameBits(sum.value(), Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 17, 100, 2046, 2047, 2048, 5000})
  void agreesWithBigDecimalOnTermsOfAllMagnitudes(int count) {
    int repeats = count > 1000 ? 10 : 40;
    for (int repeat = 0; repeat < repeats; repeat++) {
      SplittableRandom random = new SplittableRandom(count * 1000L + repeat);
      // From a narrow range, where much cancels, to the whole range of double.
      int spread = 1 + repeat * 2045 / (repeats - 1);
      int lowest = random.nextInt(2047 - spread);
      double[] terms = new double[count];
      for (int i = 0; i < count; i++) {
        long exponent = lowest + random.nextInt(spread);
        terms[i] = Double.longBitsToDouble(random.nextLong() & ~(0x7ffL << 52) | exponent << 52);
      }
      if (repeat % 2 == 1) {
        for (int i = 0; i < count / 2; i++) {
          terms[count - 1 - i] = -terms[i] * (random.nextInt(4) == 0 ? 1 + 0x1p-50 : 1);
        }
      }
      assertSameBits(sum(terms), oracle(terms));
    }
  }

  @Test
  void neitherOrderNorPartsNorCarriesLeaveATrace() {
    SplittableRandom random = new SplittableRandom(5);
    double[] terms = new double[20_000];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = (random.nextDouble() - 0.5) * Math.pow(2, random.nextInt(600) - 300);
    }
    long[] whole = sumOf(terms).toLongs();
    for (int parts : new int[] {1, 2, 7, 64}) {
      ExactSum merged = new ExactSum();
      for (int part = parts - 1; part >= 0; part--) {
        ExactSum partial = new ExactSum();
        for (int i = terms.length - 1 - part; i >= 0; i -= parts) {
          partial.add(terms[i]);
        }
        partial.value();
        merged.merge(ExactSum.of(partial.toLongs()));
      }
      assertThat(merged.toLongs()).isEqualTo(whole);
    }
  }

  @Test
  void millionsOfEqualTermsDoNotOverflowAChunk() {
    ExactSum sum = new ExactSum();
    // The largest that a term can add to one chunk: 53 ones, shifted by 31.
    double term = Math.nextDown(0x1p34);
    for (int i = 0; i < 3_000_000; i++) {
      sum.add(-term);
    }
    assertSameBits(
        sum.value(), new BigDecimal(term).multiply(new BigDecimal(-3_000_000)).doubleValue());
  }

  @Test
  void repeatedMergingDoublesExactly() {
    ExactSum sum = sumOf(-0x1.fffffffffffffp900, TINY);
    for (int i = 0; i < 60; i++) {
      sum.merge(ExactSum.of(sum.toLongs()));
    }
    assertSameBits(sum.value(), -0x1.fffffffffffffp960);
    sum.add(0x1.fffffffffffffp960);
    assertSameBits(sum.value(), 0x1p-1014);
  }

  @Test
  void theStateIsShortAndSurvivesARoundTrip() {
    double[] nasty = {
      0, 1, -1, TINY, -TINY, HUGE, -HUGE, 0x1p-1010, 0x1p32, -0x1p32, 0x1p64, -0x1p63
    };
    for (double term : nasty) {
      long[] state = sumOf(term).toLongs();
      assertThat(state.length).as("length of the state of %s", term).isLessThanOrEqualTo(4);
      assertSameBits(ExactSum.of(state).value(), term);
      assertThat(ExactSum.of(state).toLongs()).isEqualTo(state);
    }
    for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
      assertSameBits(ExactSum.of(sumOf(3, special).toLongs()).value(), special);
    }
  }

  @Test
  void clearForgetsEverything() {
    ExactSum sum = sumOf(Double.NaN, 1e300, -1);
    sum.clear();
    sum.add(2);
    assertSameBits(sum.value(), 2.0);
  }

  @Test
  void refusesAStateThatIsNone() {
    assertThatThrownBy(() -> ExactSum.of(new long[0]))
        .hasMessage(
            "the state of an exact sum is 1 to 35 longs that begin with its header, found 0");
    assertThatThrownBy(() -> ExactSum.of(new long[40]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ExactSum.of(new long[] {34L << 8, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
