// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadRowLimitTest {
  @Test
  void countsRows() {
    BadRowLimit limit = BadRowLimit.parse("100");
    assertThat(limit.isExceeded(100, 100)).isFalse();
    assertThat(limit.isExceeded(101, 1_000_000)).isTrue();
    assertThat(BadRowLimit.parse("0").isExceeded(0, 0)).isFalse();
    assertThat(limit).hasToString("100");
  }

  @Test
  void countsAShare() {
    BadRowLimit limit = BadRowLimit.parse(" 0.5 % ");
    assertThat(limit.isExceeded(5, 1_000)).isFalse();
    assertThat(limit.isExceeded(6, 1_000)).isTrue();
    assertThat(limit.isExceeded(0, 0)).isFalse();
    assertThat(BadRowLimit.parse("100%").isExceeded(7, 7)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -1   | must be at least 0
          -1%  | must be at least 0
          101% | must be at most 100%
          1.5  | expected a number of rows such as 100 or a share such as 1%
          some | expected a number of rows such as 100 or a share such as 1%
          1e3  | expected a number of rows such as 100 or a share such as 1%
          """)
  void refusesTheRest(String text, String message) {
    assertThatThrownBy(() -> BadRowLimit.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
