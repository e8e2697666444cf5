// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.math.function.Bm25;
import dev.lemma.math.function.SegmentedSieve;

/** What Spark's generated code calls where math-core has an object; public for that alone. */
public final class ScalarCalls {
  /** Below it, primes add up to 8.6 * 10^18 at most; from about 2.07 * 10^10 on they overflow. */
  static final long MAX_SUMMED = 20_000_000_000L;

  private ScalarCalls() {}

  /** Number of primes up to n. */
  public static long primeCount(long n) {
    return SegmentedSieve.upTo(Math.max(0, n)).count();
  }

  /** Sum of the primes up to n; a larger n fails at once and not after minutes of sieving. */
  public static long primeSum(long n) {
    if (n > MAX_SUMMED) {
      throw new IllegalArgumentException(
          "n of prime_sum: expected at most "
              + MAX_SUMMED
              + ", found "
              + n
              + "; the sum of more would not fit into a BIGINT");
    }
    return SegmentedSieve.upTo(Math.max(0, n)).sum();
  }

  /**
   * The weight of a term in a document; NaN for a negative number of terms, a mean length that is
   * not positive and a k1 or b out of range.
   */
  public static double bm25(
      double occurrences,
      long containing,
      long documents,
      double length,
      double meanLength,
      double k1,
      double b) {
    boolean shaped = k1 >= 0 && k1 < Double.POSITIVE_INFINITY && b >= 0 && b <= 1;
    if (occurrences < 0 || length < 0 || !(meanLength > 0) || !shaped) {
      return Double.NaN;
    }
    return Bm25.idf(documents, containing)
        * new Bm25(k1, b).saturation(occurrences, length, meanLength);
  }
}
