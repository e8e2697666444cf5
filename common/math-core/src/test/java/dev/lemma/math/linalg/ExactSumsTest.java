// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumsTest {
  private static final int SIZE = 5;

  /**
   * The oracle is {@link ExactSum}, term by term; doubles of every exponent, subnormal ones too.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void eachSumIsTheExactSumOfItsTerms(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ExactSums sums = new ExactSums(SIZE);
    ExactSum[] oracle = new ExactSum[SIZE];
    ExactSum all = new ExactSum();
    for (int i = 0; i < SIZE; i++) {
      oracle[i] = new ExactSum();
    }
    for (int term = 0; term < 20_000; term++) {
      int index = random.nextInt(SIZE);
      double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE & ~(1L << 62));
      if (term % 3 == 0) {
        value = random.nextDouble();
      }
      sums.add(index, value);
      oracle[index].add(value);
      all.add(value);
    }
    for (int i = 0; i < SIZE; i++) {
      assertThat(sums.value(i)).isEqualTo(oracle[i].value());
    }
    assertThat(sums.total()).isEqualTo(all.value());
  }

  @Test
  void holdsTheWholeRangeOfDouble() {
    ExactSums sums = new ExactSums(3);
    sums.add(0, Double.MIN_VALUE);
    sums.add(0, Double.MIN_VALUE);
    sums.add(0, -0.0);
    sums.add(1, Double.MAX_VALUE);
    sums.add(2, Double.MAX_VALUE);
    sums.add(2, Double.MAX_VALUE);
    assertThat(sums.value(0)).isEqualTo(2 * Double.MIN_VALUE);
    assertThat(sums.value(1)).isEqualTo(Double.MAX_VALUE);
    assertThat(sums.value(2)).isInfinite();
    sums.add(0, 1);
    assertThat(sums.value(0)).isEqualTo(1);
    sums.add(1, 1);
    assertThat(sums.value(1)).isEqualTo(Double.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void partsInAnyOrderGiveTheStateOfTheWhole(int parts) {
    double[] terms = new SplittableRandom(4).doubles(10_000).map(u -> Math.exp(60 * u)).toArray();
    ExactSums whole = new ExactSums(SIZE);
    for (int i = 0; i < terms.length; i++) {
      whole.add(i % SIZE, terms[i]);
    }
    ExactSums merged = new ExactSums(SIZE);
    for (int part = parts - 1; part >= 0; part--) {
      ExactSums partial = new ExactSums(SIZE);
      for (int i = part; i < terms.length; i += parts) {
        partial.add(i % SIZE, terms[i]);
      }
      merged.merge(ExactSums.of(partial.toLongs()));
    }
    assertThat(merged.toLongs()).isEqualTo(whole.toLongs());
    assertThat(ExactSums.of(whole.toLongs()).value(3)).isEqualTo(whole.value(3));
  }

  @Test
  void wholeMultiplesUpToOneTakeOneWordEach() {
    ExactSums sums = new ExactSums(2);
    for (int i = 0; i < 1 << 10; i++) {
      sums.add(0, 0x1p-31 * i);
    }
    sums.add(1, 1);
    // The number of sums, one plane's header, two digits.
    assertThat(sums.toLongs()).hasSize(4);
    sums.clear();
    assertThat(sums.toLongs()).containsExactly(2);
  }

  @Test
  void refusesWhatIsNoTermAndNoState() {
    ExactSums sums = new ExactSums(2);
    for (double term : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> sums.add(0, term))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("terms of these sums must be finite and at least 0, found " + term);
    }
    assertThatThrownBy(() -> sums.merge(new ExactSums(3)))
        .hasMessage("sums merge only when their number agrees: 2 and 3");
    for (long[] state : new long[][] {{}, {0}, {2, 99L << 32}, {2, 5}, {2, 1, 7L << 32}}) {
      assertThatThrownBy(() -> ExactSums.of(state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not the state of exact sums");
    }
    assertThatThrownBy(() -> new ExactSums(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
