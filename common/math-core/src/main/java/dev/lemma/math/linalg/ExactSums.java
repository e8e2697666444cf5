// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.util.Arrays;

/**
 * Many exact sums of doubles that are not negative, side by side: the bins of a weighted histogram.
 * Each is rounded once when it is read, so neither the order of the terms nor that of merging
 * leaves a trace: equal multisets of terms give equal bits.
 *
 * <p>Sum i is held as digits of 32 bits; digits of the same weight of all sums lie in one plane of
 * 8 n bytes, made when a term first reaches it. The digit that holds 1.0 ends there: whole
 * multiples of 2<sup>-31</sup> up to 1, such as unit weights, all live in one plane, where {@link
 * ExactSum} would take 544 bytes for each sum. A term costs one to three integer additions.
 *
 * <p>At most 2<sup>63</sup> terms. Not thread-safe.
 */
public final class ExactSums {
  private static final int DIGIT_BITS = 32;
  private static final long DIGIT_MASK = (1L << DIGIT_BITS) - 1;
  private static final int FRACTION_BITS = 52;
  private static final int EXPONENT_MASK = 0x7ff;

  // Bit 0 of a subnormal double is worth 2^-1074; 13 bits lower, 2^0 is the top bit of a digit.
  private static final int ALIGNMENT = 13;
  private static final int LOWEST_EXPONENT = -1074 - ALIGNMENT;

  // A finite term ends below bit 2045 + 53 + 13, and 2^63 of them below bit 2174: 67.9 digits.
  private static final int PLANES = 69;

  // A term adds less than 2^32 to a digit: after 2^30 terms it is still below 2^63.
  private static final int TERMS_BETWEEN_CARRIES = 1 << 30;

  private final int size;
  private final long[][] planes = new long[PLANES][];
  private final ExactSum scratch = new ExactSum();
  private int termsUntilCarry = TERMS_BETWEEN_CARRIES;

  /**
   * Empty sums.
   *
   * @param size how many, at least 1
   */
  public ExactSums(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("the number of sums must be at least 1, found " + size);
    }
    this.size = size;
  }

  /** Number of sums. */
  public int size() {
    return size;
  }

  /**
   * Adds one term to one sum.
   *
   * @param index of the sum, 0 to size - 1
   * @param term finite and at least 0
   * @throws IllegalArgumentException if the term is negative, infinite or NaN
   */
  public void add(int index, double term) {
    if (!(term >= 0 && term < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "terms of these sums must be finite and at least 0, found " + term);
    }
    long bits = Double.doubleToRawLongBits(term) & Long.MAX_VALUE;
    int exponent = (int) (bits >>> FRACTION_BITS);
    long magnitude = bits & (1L << FRACTION_BITS) - 1;
    int position = ALIGNMENT;
    // Subnormal numbers have the exponent of the smallest normal one, without the leading bit.
    if (exponent != 0) {
      magnitude |= 1L << FRACTION_BITS;
      position += exponent - 1;
    }
    if (termsUntilCarry == 0) {
      passCarries();
    }
    termsUntilCarry--;
    int plane = position >>> 5;
    int shift = position & 31;
    addDigit(plane, index, magnitude << shift & DIGIT_MASK);
    addDigit(plane + 1, index, magnitude >>> DIGIT_BITS - shift & DIGIT_MASK);
    // With a smaller shift the term ends inside the second digit, and the shift below would wrap.
    if (shift > 64 - FRACTION_BITS - 1) {
      addDigit(plane + 2, index, magnitude >>> 2 * DIGIT_BITS - shift);
    }
  }

  /**
   * Adds all terms of other sums, index by index; they stay as they are in value.
   *
   * @throws IllegalArgumentException if their number differs
   */
  public void merge(ExactSums other) {
    if (size != other.size) {
      throw new IllegalArgumentException(
          "sums merge only when their number agrees: " + size + " and " + other.size);
    }
    other.passCarries();
    passCarries();
    for (int p = 0; p < PLANES; p++) {
      long[] theirs = other.planes[p];
      if (theirs != null) {
        long[] ours = plane(p);
        for (int i = 0; i < size; i++) {
          ours[i] += theirs[i];
        }
      }
    }
    termsUntilCarry--;
  }

  /** Forgets all terms; the planes stay. */
  public void clear() {
    for (long[] plane : planes) {
      if (plane != null) {
        Arrays.fill(plane, 0);
      }
    }
    termsUntilCarry = TERMS_BETWEEN_CARRIES;
  }

  /** The sum, correctly rounded; infinite only when it rounds beyond the largest double. */
  public double value(int index) {
    passCarries();
    scratch.clear();
    for (int p = 0; p < PLANES; p++) {
      if (planes[p] != null && planes[p][index] != 0) {
        addDigitTo(scratch, p, planes[p][index]);
      }
    }
    return scratch.value();
  }

  /** The sum of all sums, correctly rounded. */
  public double total() {
    passCarries();
    scratch.clear();
    for (int p = 0; p < PLANES; p++) {
      if (planes[p] != null) {
        for (long digit : planes[p]) {
          addDigitTo(scratch, p, digit);
        }
      }
    }
    return scratch.value();
  }

  /**
   * The state, without zeros: equal sums have equal states. Long 0 is the number of sums; then for
   * each plane that holds anything, by ascending weight, its index in the high and the number of
   * its digits other than 0 in the low 32 bits, followed by these digits: index of the sum in the
   * high, digit in the low 32 bits.
   */
  public long[] toLongs() {
    passCarries();
    int length = 1;
    for (long[] plane : planes) {
      length += plane == null || nonZero(plane) == 0 ? 0 : 1 + nonZero(plane);
    }
    long[] state = new long[length];
    state[0] = size;
    int at = 1;
    for (int p = 0; p < PLANES; p++) {
      int count = planes[p] == null ? 0 : nonZero(planes[p]);
      if (count > 0) {
        state[at++] = (long) p << DIGIT_BITS | count;
        for (int i = 0; i < size; i++) {
          if (planes[p][i] != 0) {
            state[at++] = (long) i << DIGIT_BITS | planes[p][i];
          }
        }
      }
    }
    return state;
  }

  /**
   * The sums with this state.
   *
   * @param state from {@link #toLongs}
   * @throws IllegalArgumentException if it is none
   */
  public static ExactSums of(long[] state) {
    if (state.length == 0 || state[0] < 1 || state[0] > Integer.MAX_VALUE) {
      throw notAState(state.length, 0);
    }
    ExactSums sums = new ExactSums((int) state[0]);
    int at = 1;
    while (at < state.length) {
      long plane = state[at] >>> DIGIT_BITS;
      long count = state[at] & DIGIT_MASK;
      if (plane >= PLANES || count > state.length - at - 1) {
        throw notAState(state.length, at);
      }
      long[] digits = sums.plane((int) plane);
      at++;
      for (long end = at + count; at < end; at++) {
        long index = state[at] >>> DIGIT_BITS;
        if (index >= sums.size) {
          throw notAState(state.length, at);
        }
        digits[(int) index] = state[at] & DIGIT_MASK;
      }
    }
    return sums;
  }

  private static IllegalArgumentException notAState(int length, int at) {
    return new IllegalArgumentException(
        "not the state of exact sums: " + length + " longs, wrong at " + at);
  }

  private static int nonZero(long[] plane) {
    int count = 0;
    for (long digit : plane) {
      count += digit == 0 ? 0 : 1;
    }
    return count;
  }

  /** Digits are below 2^32 after the carries, so that their doubles are exact. */
  private static void addDigitTo(ExactSum sum, int plane, long digit) {
    int exponent = LOWEST_EXPONENT + DIGIT_BITS * plane;
    if (exponent >= LOWEST_EXPONENT + DIGIT_BITS && exponent <= 1023 - DIGIT_BITS) {
      sum.add(digit * Math.scalb(1.0, exponent));
    } else if (exponent < 0) {
      // The low bits of the lowest digit are never set, so this is exact too.
      sum.add(Math.scalb((double) (digit >>> ALIGNMENT), exponent + ALIGNMENT));
    } else {
      addBeyondRange(sum, digit, exponent);
    }
  }

  /** A digit that may be worth more than the largest double goes in as so many smaller terms. */
  private static void addBeyondRange(ExactSum sum, long digit, int exponent) {
    for (int bit = 0; bit < DIGIT_BITS; bit++) {
      if ((digit >>> bit & 1) != 0) {
        int power = exponent + bit;
        if (power > 1023 + 10) {
          sum.add(Double.POSITIVE_INFINITY);
          return;
        }
        for (int copies = 1 << Math.max(0, power - 1023); copies > 0; copies--) {
          sum.add(Math.scalb(1.0, Math.min(power, 1023)));
        }
      }
    }
  }

  private void addDigit(int plane, int index, long digit) {
    if (digit != 0) {
      plane(plane)[index] += digit;
    }
  }

  private long[] plane(int plane) {
    if (planes[plane] == null) {
      planes[plane] = new long[size];
    }
    return planes[plane];
  }

  /** Brings all digits into 0 to 2^32 - 1. */
  private void passCarries() {
    if (termsUntilCarry == TERMS_BETWEEN_CARRIES) {
      return;
    }
    for (int p = 0; p < PLANES; p++) {
      long[] digits = planes[p];
      if (digits != null) {
        for (int i = 0; i < size; i++) {
          long carry = digits[i] >>> DIGIT_BITS;
          if (carry != 0) {
            digits[i] &= DIGIT_MASK;
            plane(p + 1)[i] += carry;
          }
        }
      }
    }
    termsUntilCarry = TERMS_BETWEEN_CARRIES;
  }
}
