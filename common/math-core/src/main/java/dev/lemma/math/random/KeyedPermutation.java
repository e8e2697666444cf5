// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

/**
 * A pseudo-random permutation of [0, size) that is computed, not stored: a Feistel network whose
 * round functions are Philox blocks. Its first k values are a sample without replacement.
 *
 * <p>The network permutes [0, 2<sup>b</sup>), b = ceil(log2 size). The number is split into its
 * upper ceil(b/2) and lower floor(b/2) bits; rounds 0, 2, ... add (exclusive or) a keyed function
 * of the lower half to the upper, rounds 1, 3, ... of the upper to the lower. The function of round
 * r and half h is word 0 of the block at (entity = given, index = r, lane = h, block = 0). A value
 * outside [0, size) is sent through again until it falls inside (cycle walking: fewer than two
 * turns on average). Each round is its own inverse, so this is a bijection whatever the functions
 * are.
 *
 * <p>Ten rounds, each a {@linkplain Philox4x64 block}: 250 ns a value where size is a power of two,
 * 430 ns at size 5,000 (same conditions as there). Immutable but for a buffer; not thread-safe.
 *
 * <p>Sources: M. Luby and C. Rackoff, <em>How to Construct Pseudorandom Permutations from
 * Pseudorandom Functions</em>, 1988, <a
 * href="https://doi.org/10.1137/0217022">doi:10.1137/0217022</a>; cycle walking: J. Black and P.
 * Rogaway, <em>Ciphers with Arbitrary Finite Domains</em>, 2002, <a
 * href="https://doi.org/10.1007/3-540-45760-7_9">doi:10.1007/3-540-45760-7_9</a>.
 */
public final class KeyedPermutation {
  private static final int ROUNDS = 10;

  private final StreamKey key;
  private final long entity;
  private final long size;
  private final int lowerBits;
  private final long lowerMask;
  private final long upperMask;
  private final long[] words = new long[Philox4x64.WORDS];

  /**
   * The permutation of an address.
   *
   * @param key seed and stream
   * @param entity which of the stream's permutations
   * @param size number of elements, 1 to 2<sup>62</sup>
   * @throws IllegalArgumentException if the size lies outside its range
   */
  public KeyedPermutation(StreamKey key, long entity, long size) {
    if (size < 1 || size > 1L << 62) {
      throw new IllegalArgumentException(
          "size of a permutation: expected 1 to 2^62, found " + size);
    }
    this.key = key;
    this.entity = entity;
    this.size = size;
    int bits = 64 - Long.numberOfLeadingZeros(size - 1);
    this.lowerBits = bits / 2;
    this.lowerMask = (1L << lowerBits) - 1;
    this.upperMask = (1L << (bits - lowerBits)) - 1;
  }

  /** Number of elements. */
  public long size() {
    return size;
  }

  /**
   * The element that stands at a place.
   *
   * @param place in [0, size)
   * @return a value in [0, size), another for each place
   * @throws IllegalArgumentException if the place lies outside [0, size)
   */
  public long at(long place) {
    if (place < 0 || place >= size) {
      throw new IllegalArgumentException(
          "place in a permutation: expected 0 to " + (size - 1) + ", found " + place);
    }
    if (size == 1) {
      return 0;
    }
    long value = place;
    do {
      value = pass(value);
    } while (value >= size);
    return value;
  }

  private long pass(long value) {
    long upper = value >>> lowerBits;
    long lower = value & lowerMask;
    for (int round = 0; round < ROUNDS; round += 2) {
      upper ^= function(round, lower) & upperMask;
      lower ^= function(round + 1, upper) & lowerMask;
    }
    return upper << lowerBits | lower;
  }

  private long function(int round, long half) {
    key.block(entity, round, half, 0, words);
    return words[0];
  }
}
