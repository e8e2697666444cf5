// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * Number and sum of the primes up to a limit by Legendre's recurrence: no prime is struck, none is
 * listed, and nothing is shared with {@link SegmentedSieve}, whose answers it therefore checks.
 *
 * <p>S(v, p), the sum of the numbers 2 to v that are prime or have no factor up to p, is S(v, p -
 * 1) - p (S(v / p, p - 1) - S(p - 1, p - 1)) for a prime p with p<sup>2</sup> up to v, and S(v, p -
 * 1) otherwise; only the about 2 sqrt(N) values v = N / i are needed. The count is the same without
 * the factor p.
 *
 * <p>O(N<sup>3/4</sup>) time, O(sqrt N) memory: some milliseconds to 10<sup>9</sup>. Exact; sums
 * are formed modulo 2<sup>64</sup>, which the limit keeps them below. A pure function.
 *
 * <p>J. C. Lagarias, V. S. Miller and A. M. Odlyzko, <em>Computing pi(x): the Meissel-Lehmer
 * method</em>, Math. Comp. 44 (1985), <a
 * href="https://doi.org/10.1090/S0025-5718-1985-0777285-5">doi:10.1090/S0025-5718-1985-0777285-5</a>.
 */
public final class PrimeRecurrence {
  /** The largest limit. */
  public static final long MAX_LIMIT = 10_000_000_000L;

  private final long limit;
  private final int root;

  // By v up to the root, and by i for v = limit / i.
  private final long[] lowCounts;
  private final long[] highCounts;
  private final long[] lowSums;
  private final long[] highSums;

  private PrimeRecurrence(long limit) {
    this.limit = limit;
    this.root = (int) Math.sqrt(limit);
    this.lowCounts = new long[root + 1];
    this.highCounts = new long[root + 1];
    this.lowSums = new long[root + 1];
    this.highSums = new long[root + 1];
  }

  /**
   * The primes up to a limit.
   *
   * @param limit 0 to {@value #MAX_LIMIT}
   * @throws IllegalArgumentException out of this range
   */
  public static PrimeCount upTo(long limit) {
    if (limit < 0 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit of primes: expected 0 to " + MAX_LIMIT + ", found " + limit);
    }
    return limit < 2 ? PrimeCount.NONE : new PrimeRecurrence(limit).result();
  }

  private PrimeCount result() {
    for (int i = 1; i <= root; i++) {
      lowCounts[i] = i - 1;
      lowSums[i] = triangle(i) - 1;
      highCounts[i] = limit / i - 1;
      highSums[i] = triangle(limit / i) - 1;
    }
    for (int p = 2; p <= root; p++) {
      // Where the count has grown, p is a prime.
      if (lowCounts[p] > lowCounts[p - 1]) {
        strike(p, lowCounts[p - 1], lowSums[p - 1]);
      }
    }
    return new PrimeCount(highCounts[1], highSums[1]);
  }

  private void strike(int p, long before, long sumBefore) {
    long square = (long) p * p;
    int last = (int) Math.min(root, limit / square);
    for (int i = 1; i <= last; i++) {
      long j = (long) i * p;
      boolean isHigh = j <= root;
      int at = (int) (isHigh ? j : limit / j);
      highCounts[i] -= (isHigh ? highCounts : lowCounts)[at] - before;
      highSums[i] -= p * ((isHigh ? highSums : lowSums)[at] - sumBefore);
    }
    for (int v = root; v >= square; v--) {
      lowCounts[v] -= lowCounts[v / p] - before;
      lowSums[v] -= p * (lowSums[v / p] - sumBefore);
    }
  }

  /** v (v + 1) / 2 modulo 2^64. */
  private static long triangle(long v) {
    return v % 2 == 0 ? v / 2 * (v + 1) : (v + 1) / 2 * v;
  }
}
