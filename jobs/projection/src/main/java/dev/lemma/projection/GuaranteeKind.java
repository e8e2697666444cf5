// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
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
   * @throws LemmaException (code 3) if there are too few rows to speak of
   */
  public Guarantee of(double share, long queries, LongSupplier rows) {
    return switch (this) {
      case SHARE -> new Guarantee.Share(share);
      case ALL_PAIRS -> new Guarantee.AllPairs(enough(rows.getAsLong()));
      case QUERIES -> new Guarantee.Queries(queries, enough(rows.getAsLong()));
      case NORMS -> new Guarantee.Norms(enough(rows.getAsLong()));
    };
  }

  /** The fewest rows that the guarantee can speak of. */
  long leastRows() {
    return this == ALL_PAIRS ? 2 : 1;
  }

  private long enough(long rows) {
    if (rows < leastRows()) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "rows",
              "guarantee = " + Specification.key(this) + " speaks of more rows than there are",
              Long.toString(rows),
              "at least " + leastRows(),
              "set rows, give k, or use guarantee = share"));
    }
    return rows;
  }
}
