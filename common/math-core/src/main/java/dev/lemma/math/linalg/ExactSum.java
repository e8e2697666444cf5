// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.util.Arrays;
import java.util.Objects;

/**
 * The exact sum of any doubles, rounded once when it is read. Order of the terms, partitions and
 * order of merging leave no trace: equal multisets of terms give equal bits.
 *
 * <p>The sum is held as a fixed-point number over the whole range of double, from 2<sup>-1074</sup>
 * to far above the largest: 68 chunks of 64 bits, 32 bits apart. The upper half of a chunk takes up
 * the carries, so that a term costs two integer additions and carries are passed on only every 2047
 * terms.
 *
 * <ul>
 *   <li>{@link #value} is the exact sum rounded to nearest, ties to even; it is infinite only when
 *       the whole sum rounds beyond the largest double, never because a part of it did.
 *   <li>Infinite terms: the sum is that infinity; of both signs: NaN. A NaN term: NaN.
 *   <li>An empty sum and one that cancels are 0.0; the sign of zero terms is not kept.
 * </ul>
 *
 * <p>544 bytes; at most 2<sup>63</sup> terms. Not thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1505.05571">R. M. Neal: Fast exact summation using small and
 *     large superaccumulators, 2015</a>
 */
public final class ExactSum {
  private static final int CHUNK_BITS = 32;
  private static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;

  // Bit 0 of chunk 0 is worth 2^-1074. A finite term ends at bit 2045 + 53, and 2^63 of them at
  // bit 2161: 67.5 chunks.
  private static final int CHUNKS = 68;
  private static final int WORDS = CHUNKS / 2;

  // A term adds less than 2^52 to the upper of its two chunks, where less than 2^32 is left behind
  // by the last carry: 2047 terms stay below 2^63.
  private static final int TERMS_BETWEEN_CARRIES = 2047;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT_MASK = 0x7ff;
  private static final long INFINITE_BITS = 0x7ff0000000000000L;

  private static final int NAN = 1;
  private static final int PLUS_INFINITY = 2;
  private static final int MINUS_INFINITY = 4;
  private static final int FLAG_BITS = 8;

  private final long[] chunks = new long[CHUNKS];
  private int termsUntilCarry = TERMS_BETWEEN_CARRIES;
  private int specials;

  /** Adds one term. */
  public void add(double term) {
    long bits = Double.doubleToRawLongBits(term);
    int exponent = (int) (bits >>> FRACTION_BITS) & EXPONENT_MASK;
    long magnitude = bits & FRACTION_MASK;
    if (exponent == EXPONENT_MASK) {
      addSpecial(term);
      return;
    }
    if (termsUntilCarry == 0) {
      passCarries();
    }
    termsUntilCarry--;
    // Subnormal numbers have the exponent of the smallest normal one, without the leading bit.
    int position = exponent;
    if (exponent != 0) {
      magnitude |= 1L << FRACTION_BITS;
      position--;
    }
    int chunk = position >>> 5;
    int shift = position & 31;
    long sign = bits >> 63;
    long low = magnitude << shift & CHUNK_MASK;
    long high = magnitude >>> CHUNK_BITS - shift;
    // (x ^ sign) - sign is x or -x without a branch that half the terms would miss.
    chunks[chunk] += (low ^ sign) - sign;
    chunks[chunk + 1] += (high ^ sign) - sign;
  }

  /**
   * Adds a range of terms.
   *
   * @param terms where they lie
   * @param from the first
   * @param to behind the last
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public void add(double[] terms, int from, int to) {
    Objects.checkFromToIndex(from, to, terms.length);
    for (int i = from; i < to; i++) {
      add(terms[i]);
    }
  }

  /** Adds all terms of another sum, which stays as it is in value. */
  public void merge(ExactSum other) {
    other.passCarries();
    passCarries();
    long[] theirs = other.chunks;
    for (int i = 0; i < CHUNKS; i++) {
      chunks[i] += theirs[i];
    }
    termsUntilCarry--;
    specials |= other.specials;
  }

  /** Forgets all terms. */
  public void clear() {
    Arrays.fill(chunks, 0);
    termsUntilCarry = TERMS_BETWEEN_CARRIES;
    specials = 0;
  }

  /** The sum, correctly rounded. */
  public double value() {
    if (specials != 0) {
      return switch (specials) {
        case PLUS_INFINITY -> Double.POSITIVE_INFINITY;
        case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
        default -> Double.NaN;
      };
    }
    passCarries();
    if (chunks[CHUNKS - 1] >= 0) {
      return round(chunks);
    }
    long[] negated = new long[CHUNKS];
    long carry = 0;
    for (int i = 0; i < CHUNKS - 1; i++) {
      long digit = carry - chunks[i];
      negated[i] = digit & CHUNK_MASK;
      carry = digit >> CHUNK_BITS;
    }
    negated[CHUNKS - 1] = carry - chunks[CHUNKS - 1];
    return -round(negated);
  }

  /**
   * The state as few longs: equal sums have equal states. Longs 1 and following are the non-zero
   * part of a two's complement number of 34 words, low first, cut where only its sign follows; long
   * 0 holds the special terms seen (bits 0 to 7) and the index of the first word kept.
   */
  public long[] toLongs() {
    passCarries();
    long[] words = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      words[i] = chunks[2 * i] | chunks[2 * i + 1] << CHUNK_BITS;
    }
    int first = 0;
    while (first < WORDS && words[first] == 0) {
      first++;
    }
    if (first == WORDS) {
      return new long[] {specials};
    }
    int last = WORDS - 1;
    while (last > first && words[last] == words[last - 1] >> 63) {
      last--;
    }
    long[] state = new long[last - first + 2];
    state[0] = specials | (long) first << FLAG_BITS;
    System.arraycopy(words, first, state, 1, last - first + 1);
    return state;
  }

  /**
   * The sum with this state.
   *
   * @param state from {@link #toLongs}
   * @throws IllegalArgumentException if it is none
   */
  public static ExactSum of(long[] state) {
    long first = state.length == 0 ? -1 : state[0] >>> FLAG_BITS;
    if (first < 0 || first + state.length - 1 > WORDS || (state[0] & 0xff) > 7) {
      throw new IllegalArgumentException(
          "the state of an exact sum is 1 to "
              + (WORDS + 1)
              + " longs that begin with its header, found "
              + state.length);
    }
    ExactSum sum = new ExactSum();
    sum.specials = (int) state[0] & 0xff;
    long sign = state.length == 1 ? 0 : state[state.length - 1] >> 63;
    for (int word = (int) first; word < WORDS; word++) {
      int at = word - (int) first + 1;
      long bits = at < state.length ? state[at] : sign;
      sum.chunks[2 * word] = bits & CHUNK_MASK;
      sum.chunks[2 * word + 1] = bits >>> CHUNK_BITS;
    }
    // The topmost chunk alone is signed.
    sum.chunks[CHUNKS - 1] = (int) sum.chunks[CHUNKS - 1];
    return sum;
  }

  private void addSpecial(double term) {
    if (term != term) {
      specials |= NAN;
    } else {
      specials |= term > 0 ? PLUS_INFINITY : MINUS_INFINITY;
    }
  }

  /** Brings all chunks but the topmost into 0 to 2^32 - 1; the topmost keeps the sign. */
  private void passCarries() {
    long carry = 0;
    for (int i = 0; i < CHUNKS - 1; i++) {
      long digit = chunks[i] + carry;
      chunks[i] = digit & CHUNK_MASK;
      carry = digit >> CHUNK_BITS;
    }
    chunks[CHUNKS - 1] += carry;
    termsUntilCarry = TERMS_BETWEEN_CARRIES;
  }

  /** Rounds a non-negative number whose digits, 32 bits each, stand low first. */
  private static double round(long[] digits) {
    int top = CHUNKS - 1;
    while (top > 0 && digits[top] == 0) {
      top--;
    }
    int highest = top * CHUNK_BITS + 63 - Long.numberOfLeadingZeros(digits[top] | 1);
    int shift = highest - FRACTION_BITS;
    if (shift <= 0) {
      // All bits fit, and bits 0 to 52 in units of 2^-1074 are the bits of the double itself.
      return Double.longBitsToDouble(digits[0] | digits[1] << CHUNK_BITS);
    }
    if (shift >= EXPONENT_MASK) {
      return Double.POSITIVE_INFINITY;
    }
    long significand = bitsFrom(digits, shift) & FRACTION_MASK | 1L << FRACTION_BITS;
    int half = shift - 1;
    boolean roundUp =
        (digits[half >>> 5] >>> (half & 31) & 1) != 0
            && ((significand & 1) != 0 || anyBitBelow(digits, half));
    // The leading bit of the significand counts as one exponent step, and so does a carry out of
    // it.
    long bits = ((long) shift << FRACTION_BITS) + significand + (roundUp ? 1 : 0);
    return Double.longBitsToDouble(Math.min(bits, INFINITE_BITS));
  }

  /** At least 53 bits of the number from this position on. */
  private static long bitsFrom(long[] digits, int position) {
    int chunk = position >>> 5;
    int shift = position & 31;
    long low = digits[chunk] | digits[chunk + 1] << CHUNK_BITS;
    long above = chunk + 2 < CHUNKS ? digits[chunk + 2] : 0;
    return shift == 0 ? low : low >>> shift | above << 64 - shift;
  }

  private static boolean anyBitBelow(long[] digits, int position) {
    int chunk = position >>> 5;
    if ((digits[chunk] & (1L << (position & 31)) - 1) != 0) {
      return true;
    }
    for (int i = 0; i < chunk; i++) {
      if (digits[i] != 0) {
        return true;
      }
    }
    return false;
  }
}
