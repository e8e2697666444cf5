// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.math.projection.Guarantee;
import java.util.function.LongSupplier;

/** The key {@code guarantee}: of which distances it is promised that they stay within eps. */
public enum GuaranteeKind {
  /** An expected share of all pairs; independent of the number of rows. */
  SHARE,
  /** Every pair of rows at once. */
  ALL_PAIRS,
  /** Every pair of a query and a row at once. */
  QUERIES,
  /** The norm of every row at once. */
  NORMS;

  /**
   * The guarantee of this kind.
   *
   * @param share expected share of pairs within eps
   * @param queries number of queries
   * @param rows number of rows, asked for only where it matters
   */
  public Guarantee of(double share, long queries, LongSupplier rows) {
    return switch (this) {
      case SHARE -> new Guarantee.Share(share);
      case ALL_PAIRS -> new Guarantee.AllPairs(rows.getAsLong());
      case QUERIES -> new Guarantee.Queries(queries, rows.getAsLong());
      case NORMS -> new Guarantee.Norms(rows.getAsLong());
    };
  }
}
