// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XxHash64Test {
  /** Published beside the reference implementation: lengths of a generated buffer, two seeds. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, ef46db3751d8e999",
    "0, 2654435761, ac75fda2929b17ef",
    "1, 0, e934a84adb052768",
    "1, 2654435761, 5014607643a9b4c3",
    "4, 0, 9136a0dca57457ee",
    "14, 0, 8282dcc4994e35c8",
    "14, 2654435761, c3bd6bf63deb6df0",
    "222, 0, b641ae8cb691c174",
    "222, 2654435761, 20cb8ab7ae10c14a"
  })
  void agreesWithTheReferenceVectors(int length, long seed, String expected) {
    byte[] buffer = new byte[length];
    long state = 2654435761L;
    for (int i = 0; i < length; i++) {
      buffer[i] = (byte) (state >>> 56);
      state *= 0x9E3779B185EBCA8DL;
    }
    assertThat(Long.toHexString(XxHash64.hash(buffer, 0, length, seed))).isEqualTo(expected);
  }

  @Test
  void agreesWithAnIndependentImplementationAtEveryLengthAndOffset() {
    XXHash64 oracle = XXHashFactory.safeInstance().hash64();
    SplittableRandom random = new SplittableRandom(20261122);
    byte[] bytes = new byte[512];
    random.nextBytes(bytes);
    for (int length = 0; length <= 300; length++) {
      int offset = random.nextInt(200);
      long seed = random.nextLong();
      assertThat(XxHash64.hash(bytes, offset, length, seed))
          .as("length %d, offset %d, seed %d", length, offset, seed)
          .isEqualTo(oracle.hash(bytes, offset, length, seed));
    }
  }

  @Test
  void asciiTextHashesAsItsBytesAtEveryLength() {
    StringBuilder text = new StringBuilder();
    for (int length = 0; length <= 130; length++) {
      byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(XxHash64.hash(text.toString(), length))
          .as("length %d", length)
          .isEqualTo(XxHash64.hash(utf8, 0, utf8.length, length));
      text.append((char) (1 + length * 37 % 127));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"größe", "λῆμμα", "補題", "the quick brown fox jumps over 🦊", "é"})
  void otherTextHashesAsItsUtf8Bytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    assertThat(XxHash64.hash(text, 7)).isEqualTo(XxHash64.hash(utf8, 0, utf8.length, 7));
  }

  @Test
  void refusesARangeOutsideItsArray() {
    assertThatThrownBy(() -> XxHash64.hash(new byte[4], 2, 3, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
