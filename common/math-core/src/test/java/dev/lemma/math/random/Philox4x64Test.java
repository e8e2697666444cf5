// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class Philox4x64Test {
  private final long[] out = new long[4];

  private long[] block(long k0, long k1, long c0, long c1, long c2, long c3) {
    Philox4x64.block(k0, k1, c0, c1, c2, c3, out);
    return out;
  }

  @Test
  void givesThePublishedKnownAnswers() {
    assertThat(block(0, 0, 0, 0, 0, 0))
        .containsExactly(
            0x16554d9eca36314cL, 0xdb20fe9d672d0fdcL, 0xd7e772cee186176bL, 0x7e68b68aec7ba23bL);
    assertThat(block(-1, -1, -1, -1, -1, -1))
        .containsExactly(
            0x87b092c3013fe90bL, 0x438c3c67be8d0224L, 0x9cc7d7c69cd777b6L, 0xa09caebf594f0ba0L);
    // The digits of pi: counter first, then key.
    assertThat(
            block(
                0x452821e638d01377L,
                0xbe5466cf34e90c6cL,
                0x243f6a8885a308d3L,
                0x13198a2e03707344L,
                0xa4093822299f31d0L,
                0x082efa98ec4e6c89L))
        .containsExactly(
            0xa528f45403e61d95L, 0x38c72dbd566e9788L, 0xa5a1610e72fd18b5L, 0x57bd43b5e52b7fe6L);
  }

  @Test
  void agreesWithCommonsRngWhichReturnsTheBlockOfTheNextCounter() {
    long[] address = new long[6];
    for (int trial = 0; trial < 200; trial++) {
      for (int i = 0; i < address.length; i++) {
        // Far from the test's own generator, so that an error cannot cancel; trial 0 carries.
        address[i] = trial == 0 ? (i == 2 ? -1 : i) : mix(trial * 6L + i);
      }
      UniformRandomProvider oracle = RandomSource.PHILOX_4X64.create(address.clone());
      BigInteger low = new BigInteger(Long.toUnsignedString(address[2])).add(BigInteger.ONE);
      long next = low.longValue();
      long carry = low.bitLength() > 64 ? 1 : 0;
      block(address[0], address[1], next, address[3] + carry, address[4], address[5]);
      for (int word = 0; word < 4; word++) {
        assertThat(out[word]).as("trial %d word %d", trial, word).isEqualTo(oracle.nextLong());
      }
    }
  }

  @Test
  void everyWordOfTheAddressMatters() {
    long[] plain = block(1, 2, 3, 4, 5, 6).clone();
    for (int word = 0; word < 6; word++) {
      long[] a = {1, 2, 3, 4, 5, 6};
      a[word] ^= 1L << 63;
      int flipped = 0;
      block(a[0], a[1], a[2], a[3], a[4], a[5]);
      for (int i = 0; i < 4; i++) {
        flipped += Long.bitCount(out[i] ^ plain[i]);
      }
      // 128 expected, standard deviation 8: outside once in 10^9 blocks.
      assertThat(flipped).as("address word %d", word).isBetween(128 - 50, 128 + 50);
    }
  }

  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
