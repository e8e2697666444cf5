// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import java.util.Arrays;

/**
 * The sieve of Eratosthenes by segments: the primes up to sqrt(N) strike their multiples out of one
 * piece of the odd numbers after the other, 32 kB at a time, so that it stays in the cache. Ranges
 * are independent of each other, which lets tasks share the work.
 *
 * <p>O(N ln ln N) time, O(sqrt N) memory. Counts and sums are exact. Immutable; any number of
 * threads.
 *
 * <p>C. Bays and R. H. Hudson, <em>The segmented sieve of Eratosthenes and primes in arithmetic
 * progressions to 10<sup>12</sup></em>, BIT 17 (1977), <a
 * href="https://doi.org/10.1007/BF01932283">doi:10.1007/BF01932283</a>; <a
 * href="https://kexue.fm/archives/2612">kexue.fm/archives/2612</a>.
 */
public final class SegmentedSieve {
  /** The largest limit: beyond about 2.07e10 sums of all primes overflow, counts do not. */
  public static final long MAX_LIMIT = 1_000_000_000_000L;

  private static final int WORDS = 4096;
  private static final int ODDS = WORDS * 64;

  private final long limit;
  private final int[] basePrimes;

  /**
   * A sieve for numbers up to a limit.
   *
   * @param limit 0 to {@value #MAX_LIMIT}
   * @throws IllegalArgumentException out of this range
   */
  public SegmentedSieve(long limit) {
    if (limit < 0 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit of a sieve: expected 0 to " + MAX_LIMIT + ", found " + limit);
    }
    this.limit = limit;
    this.basePrimes = oddPrimes((int) Math.sqrt(limit) + 1);
  }

  /**
   * The primes in [from, to].
   *
   * @param from any; what lies below 2 holds none
   * @param to at most the limit of this sieve
   * @throws IllegalArgumentException if {@code to} is beyond the limit
   * @throws ArithmeticException if the sum does not fit into a long
   */
  public PrimeCount count(long from, long to) {
    return count(from, to, Long.MAX_VALUE);
  }

  /**
   * The primes up to a limit.
   *
   * @param limit 0 to {@value #MAX_LIMIT}
   */
  public static PrimeCount upTo(long limit) {
    return new SegmentedSieve(limit).count(0, limit);
  }

  /**
   * The first primes: 2, 3, 5, ...
   *
   * @param number how many, 0 to 10^10
   */
  public static PrimeCount first(long number) {
    if (number < 0 || number > 10_000_000_000L) {
      throw new IllegalArgumentException(
          "number of primes: expected 0 to 10000000000, found " + number);
    }
    // From the sixth on, the n-th prime is below n (ln n + ln ln n).
    double log = Math.log(Math.max(6, number));
    long bound = (long) (Math.max(6, number) * (log + Math.log(log))) + 1;
    return new SegmentedSieve(bound).count(0, bound, number);
  }

  private PrimeCount count(long from, long to, long most) {
    if (to > limit) {
      throw new IllegalArgumentException(
          "range of a sieve: expected an end up to its limit " + limit + ", found " + to);
    }
    if (to < 2 || from > to || most == 0) {
      return PrimeCount.NONE;
    }
    Tally tally = new Tally(most);
    if (from <= 2) {
      tally.add(2);
    }
    long[] struck = new long[WORDS];
    // Odd numbers 2 i + 1; i = 0 stands for 1, which is no prime.
    long first = Math.max(1, Math.max(from, 0) / 2);
    long end = (to - 1) / 2;
    for (long start = first; start <= end && !tally.isFull(); start += ODDS) {
      int length = (int) Math.min(ODDS, end - start + 1);
      strike(struck, start, length);
      tally.addUnstruck(struck, start, length);
    }
    return new PrimeCount(tally.count, tally.sum);
  }

  /** Marks the composite among the odd numbers with index start to start + length - 1. */
  private void strike(long[] struck, long start, int length) {
    Arrays.fill(struck, 0);
    long last = 2 * (start + length - 1) + 1;
    for (int prime : basePrimes) {
      long square = (long) prime * prime;
      if (square > last) {
        break;
      }
      // Index of p^2, or of the first odd multiple not before the segment: i = (p - 1) / 2 mod p.
      long at = (square - 1) / 2 - start;
      if (at < 0) {
        long past = -at % prime;
        at = past == 0 ? 0 : prime - past;
      }
      for (int i = (int) Math.min(at, length); i < length; i += prime) {
        struck[i >>> 6] |= 1L << i;
      }
    }
  }

  /** The odd primes up to a number, by a sieve of one piece. */
  private static int[] oddPrimes(int limit) {
    boolean[] composite = new boolean[limit + 1];
    int[] primes = new int[Math.max(4, limit)];
    int count = 0;
    for (int p = 3; p <= limit; p += 2) {
      if (!composite[p]) {
        primes[count++] = p;
        for (long multiple = (long) p * p; multiple <= limit; multiple += 2L * p) {
          composite[(int) multiple] = true;
        }
      }
    }
    return Arrays.copyOf(primes, count);
  }

  /** What was found. */
  private static final class Tally {
    private final long most;
    private long count;
    private long sum;

    Tally(long most) {
      this.most = most;
    }

    boolean isFull() {
      return count == most;
    }

    void add(long prime) {
      count++;
      sum = Math.addExact(sum, prime);
    }

    void addUnstruck(long[] struck, long start, int length) {
      for (int word = 0; word << 6 < length; word++) {
        long left = ~struck[word];
        int beyond = length - (word << 6);
        if (beyond < 64) {
          left &= (1L << beyond) - 1;
        }
        long base = 2 * (start + ((long) word << 6)) + 1;
        for (; left != 0 && count < most; left &= left - 1) {
          add(base + 2L * Long.numberOfTrailingZeros(left));
        }
      }
    }
  }
}
