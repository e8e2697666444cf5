// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeavesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 1",
    "32768, 1",
    "32769, 2",
    "65536, 2",
    "1000000000, 30518",
    "70368744144896, 2147483647"
  })
  void theirNumberFollowsFromTheRows(long rows, int count) {
    assertThat(Leaves.forRows(rows)).isEqualTo(new Leaves(count));
  }

  @Test
  void leavesAreEqualRangesOfTheUnsignedKeyInOrder() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextLong() >>> random.nextInt(64);
      int count = 1 + random.nextInt(Integer.MAX_VALUE >>> random.nextInt(31));
      int expected =
          new BigInteger(Long.toUnsignedString(key))
              .multiply(BigInteger.valueOf(count))
              .shiftRight(64)
              .intValueExact();
      assertThat(new Leaves(count).leafOf(key)).isEqualTo(expected);
    }
    assertThat(new Leaves(Integer.MAX_VALUE).leafOf(-1)).isEqualTo(Integer.MAX_VALUE - 1);
    assertThat(new Leaves(2).leafOf(Long.MAX_VALUE)).isZero();
    assertThat(new Leaves(2).leafOf(Long.MIN_VALUE)).isEqualTo(1);
  }

  @Test
  void refusesImpossibleNumbers() {
    assertThatThrownBy(() -> new Leaves(0)).hasMessage("there is at least 1 leaf, found 0");
    assertThatThrownBy(() -> Leaves.forRows(-1))
        .hasMessage("the number of rows must lie in 0 to 70368744144896, found -1");
    assertThatThrownBy(() -> Leaves.forRows(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
