// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "a, '', 1",
    "'', ab, 2",
    "kitten, sitting, 3",
    "eps, esp, 1",
    "eps, eps, 0",
    "abcd, badc, 2"
  })
  void distanceCountsEditsAndSwaps(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void onlyNearNamesAreProposed() {
    List<String> names = List.of("eps", "delta", "rows");
    assertThat(Nearest.of("epsi", names)).contains("eps");
    assertThat(Nearest.of("dleta", names)).contains("delta");
    assertThat(Nearest.of("columns", names)).isEmpty();
  }

  @Test
  void tiesGoToTheFirstOfTheAlphabet() {
    assertThat(Nearest.of("b", List.of("c", "a"))).contains("a");
  }
}
