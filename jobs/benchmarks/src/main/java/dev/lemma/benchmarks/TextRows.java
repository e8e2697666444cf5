// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Sparse rows over 64-bit ids, as text makes them. */
final class TextRows {
  private static final int WORDS_IN_ROW = 100;

  private TextRows() {}

  /**
   * Rows of 100 words whose frequency is one over their rank (Zipf with exponent 1): 82 distinct
   * words a row out of 200,000.
   */
  static SparseRow[] zipf(int n, int vocabulary) {
    double[] cumulated = new double[vocabulary];
    double sum = 0;
    for (int rank = 0; rank < vocabulary; rank++) {
      sum += 1.0 / (rank + 1);
      cumulated[rank] = sum;
    }
    double total = sum;
    SplittableRandom random = new SplittableRandom(1);
    return rows(
        n,
        () -> {
          int found = Arrays.binarySearch(cumulated, random.nextDouble() * total);
          return id(found < 0 ? ~found : found);
        });
  }

  /** Rows of 100 words none of which occurs twice anywhere. */
  static SparseRow[] strangers(int n) {
    long[] rank = {0};
    return rows(n, () -> id(rank[0]++));
  }

  /** A bijection that scatters ranks over the 64-bit numbers, as a hash does (SplitMix64). */
  private static long id(long rank) {
    long x = rank * 0x9E3779B97F4A7C15L;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }

  private static SparseRow[] rows(int n, java.util.function.LongSupplier ids) {
    SparseRow[] rows = new SparseRow[n];
    for (int r = 0; r < n; r++) {
      long[] words = new long[WORDS_IN_ROW];
      for (int i = 0; i < words.length; i++) {
        words[i] = ids.getAsLong();
      }
      Arrays.sort(words);
      rows[r] = new SparseRow();
      for (int i = 0; i < words.length; i++) {
        if (i == 0 || words[i] != words[i - 1]) {
          rows[r].append(words[i], 1 + i % 3);
        }
      }
    }
    return rows;
  }
}
