// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeyTest {
  @Test
  void theStreamIsTheHeadOfTheSha256OfTheName() {
    // From sha256sum: ba7816bf 8f01cfea 414140de ... is the digest of "abc" in FIPS 180-4.
    assertThat(StreamKey.of(7, "abc")).isEqualTo(new StreamKey(7, 0xba7816bf8f01cfeaL));
  }

  @Test
  void aBlockIsPhiloxUnderSeedAndStream() {
    long[] expected = new long[4];
    long[] found = new long[4];
    Philox4x64.block(7, 8, 1, 2, 3, 4, expected);
    new StreamKey(7, 8).block(1, 2, 3, 4, found);
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "r\u00e9sum\u00e9", "tab\t"})
  void refusesNamesThatAreNotPrintableAscii(String name) {
    assertThatThrownBy(() -> StreamKey.of(0, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stream name: expected printable ASCII without spaces, found \"" + name + "\"");
  }
}
