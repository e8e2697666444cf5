// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyAdviceTest {
  @ParameterizedTest
  @CsvSource({"1, SIGN", "16384, SIGN", "16385, SPARSE_SIGN"})
  void theAutomaticFamilyLooksAtTheInputDimension(long d, Family family) {
    assertThat(FamilyAdvice.automatic(OptionalLong.of(d))).isEqualTo(family);
  }

  @Test
  void openFeatureSpacesTakeSparseSigns() {
    FamilyAdvice advice = FamilyAdvice.of(334, OptionalLong.empty());
    assertThat(advice.automatic()).isEqualTo(Family.SPARSE_SIGN);
    assertThat(advice.suggestions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 512, HADAMARD",
    "99, 512, ''",
    "100, 511, ''",
    "128, 512, HADAMARD+ORTHONORMAL",
    "127, 512, HADAMARD",
    "16, 64, ORTHONORMAL",
    "4096, 16384, HADAMARD+ORTHONORMAL",
    "65, 64, ''",
    "16385, 16385, HADAMARD"
  })
  void suggestions(long k, long d, String families) {
    assertThat(
            String.join(
                "+",
                FamilyAdvice.of(k, OptionalLong.of(d)).suggestions().stream()
                    .map(suggestion -> suggestion.family().name())
                    .toList()))
        .isEqualTo(families);
  }
}
