// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.random.BottomK;
import dev.lemma.math.random.RowKey;
import dev.lemma.math.random.RowSampling;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rank of a row in a sample, lowest first, and what it says of its probability. Public because
 * generated code calls it.
 *
 * @param salt of the {@link RowSampling}
 * @param weighted whether ranks are exponential variates of the weights, else they are priorities
 */
public record RankFunction(long salt, boolean weighted) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The rank as a signed number of the same order. */
  public long rank(InternalRow key, long copy, double weight) {
    long priority =
        new RowSampling(salt).priority(new RowKey(key.getLong(0), key.getLong(1)), copy);
    return weighted
        ? Double.doubleToLongBits(BottomK.rank(priority, weight))
        : priority ^ Long.MIN_VALUE;
  }

  /** Probability that a row below this rank was taken. */
  public double inclusion(long threshold, double weight) {
    return weighted
        ? BottomK.inclusion(weight, Double.longBitsToDouble(threshold))
        : BottomK.inclusion(threshold ^ Long.MIN_VALUE);
  }
}
