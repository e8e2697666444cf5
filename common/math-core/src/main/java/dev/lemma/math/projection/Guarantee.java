// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.probability.LogDomain;
import java.util.OptionalLong;

/**
 * What a projection is asked to keep within 1 +- eps.
 *
 * <p>The first three promise it for each of M vectors at once, except with probability delta. If
 * one vector fails with probability p, the union bound asks for M p &lt;= delta, whatever the data.
 * The last promises it for a share of the pairs in expectation: p &lt;= 1 - share, no union bound,
 * no delta, and a dimension that does not depend on the number of rows.
 */
public sealed interface Guarantee {
  /**
   * The distances between all rows: M = N (N - 1) / 2.
   *
   * @param rows N, at least 2
   */
  record AllPairs(long rows) implements Guarantee {
    /** Checks the range. */
    public AllPairs {
      atLeast(2, "rows", rows);
    }

    @Override
    public double logComparisons() {
      return Math.log(rows) + Math.log(rows - 1) - LogDomain.LN_2;
    }

    @Override
    public OptionalLong knownRows() {
      return OptionalLong.of(rows);
    }

    @Override
    public String key() {
      return "all-pairs";
    }
  }

  /**
   * The distances between each query and each row: M = Q N.
   *
   * @param queries Q, at least 1; they are chosen without looking at the random matrix
   * @param rows N, at least 1
   */
  record Queries(long queries, long rows) implements Guarantee {
    /** Checks the ranges. */
    public Queries {
      atLeast(1, "queries", queries);
      atLeast(1, "rows", rows);
    }

    @Override
    public double logComparisons() {
      return Math.log(queries) + Math.log(rows);
    }

    @Override
    public OptionalLong knownRows() {
      return OptionalLong.of(rows);
    }

    @Override
    public String key() {
      return "queries";
    }
  }

  /**
   * The norms of all rows: M = N.
   *
   * @param rows N, at least 1
   */
  record Norms(long rows) implements Guarantee {
    /** Checks the range. */
    public Norms {
      atLeast(1, "rows", rows);
    }

    @Override
    public double logComparisons() {
      return Math.log(rows);
    }

    @Override
    public OptionalLong knownRows() {
      return OptionalLong.of(rows);
    }

    @Override
    public String key() {
      return "norms";
    }
  }

  /**
   * A share of the pairs, in expectation over the random matrix.
   *
   * @param share of the pairs that is to stay inside, in (0, 1)
   */
  record Share(double share) implements Guarantee {
    /** Checks the range. */
    public Share {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("share must lie in (0, 1), found " + share);
      }
    }

    @Override
    public double logComparisons() {
      return 0;
    }

    @Override
    public double logAllowance(double delta) {
      return Math.log1p(-share);
    }

    @Override
    public OptionalLong knownRows() {
      return OptionalLong.empty();
    }

    @Override
    public String key() {
      return "share";
    }
  }

  /** ln M, the logarithm of the number of vectors in the union bound; 0 for a share of pairs. */
  double logComparisons();

  /** N, empty for a share of pairs. */
  OptionalLong knownRows();

  /** The name as configurations spell it, e.g. {@code all-pairs}. */
  String key();

  /**
   * The largest ln p that meets the guarantee: ln(delta / M), or ln(1 - share).
   *
   * @param delta total failure probability, in (0, 1); a share of pairs has no use for it
   */
  default double logAllowance(double delta) {
    return Math.log(JlBounds.checkProbability("delta", delta)) - logComparisons();
  }

  private static void atLeast(long least, String name, long found) {
    if (found < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", found " + found);
    }
  }
}
