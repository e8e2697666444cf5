// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.io.Serializable;

/**
 * The sums of a later pass over the rows of one task or more, with the number of rows by fold: what
 * shows that the rows are those of the first pass. A plain class, which every serializer of Spark
 * takes.
 *
 * @param <S> the sums
 */
final class PassState<S extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows of positive weight in each fold. */
  final long[] rows;

  /** The sums. */
  final S sums;

  PassState(long[] rows, S sums) {
    this.rows = rows;
    this.sums = sums;
  }

  /** Adds the rows of another state to those of this one. */
  long[] plusRows(PassState<S> other) {
    long[] both = rows.clone();
    for (int f = 0; f < both.length; f++) {
      both[f] += other.rows[f];
    }
    return both;
  }
}
