// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.math.function.Bm25;
import dev.lemma.math.function.SegmentedSieve;

/** What Spark's generated code calls where math-core has an object; public for that alone. */
public final class ScalarCalls {
  private ScalarCalls() {}

  /** Number of primes up to n. */
  public static long primeCount(long n) {
    return SegmentedSieve.upTo(Math.max(0, n)).count();
  }

  /** Sum of the primes up to n. */
  public static long primeSum(long n) {
    return SegmentedSieve.upTo(Math.max(0, n)).sum();
  }

  /** The weight of a term in a document; NaN for a negative number of terms. */
  public static double bm25(
      double occurrences,
      long containing,
      long documents,
      double length,
      double meanLength,
      double k1,
      double b) {
    if (occurrences < 0 || length < 0) {
      return Double.NaN;
    }
    return Bm25.idf(documents, containing)
        * new Bm25(k1, b).saturation(occurrences, length, meanLength);
  }
}
