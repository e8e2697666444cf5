// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Counts over answers; whole numbers, added up in any order.
 *
 * @param queries all queries
 * @param found documents found, rows of the result
 * @param empty queries for which nothing was found
 * @param incomplete queries for which fewer than k documents were found
 * @param asked documents that asked with at least one term
 * @param first of these, those that no other document beats for their own terms
 * @param closest bins of the best score over the asking document's own, see {@link #BINS}
 * @param farthest the same of the k-th
 * @param work what it took
 */
@DefaultSerializer(JavaSerializer.class)
record AnswerSummary(
    long queries,
    long found,
    long empty,
    long incomplete,
    long asked,
    long first,
    long[] closest,
    long[] farthest,
    BlockAnswer.Work work)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bins from 0 to {@link #HIGHEST}, and one for all above. */
  static final int BINS = 60;

  /** A short document that has the terms can beat the one that asks. */
  static final double HIGHEST = 1.2;

  static final AnswerSummary NONE =
      new AnswerSummary(
          0, 0, 0, 0, 0, 0, new long[BINS + 1], new long[BINS + 1], BlockAnswer.Work.NONE);

  static AnswerSummary of(BlockAnswer block, int k) {
    long empty = 0;
    long incomplete = 0;
    long asked = 0;
    long first = 0;
    long[] closest = new long[BINS + 1];
    long[] farthest = new long[BINS + 1];
    for (int q = 0; q < block.size(); q++) {
      int from = block.starts()[q];
      int found = block.starts()[q + 1] - from;
      empty += found == 0 ? 1 : 0;
      incomplete += found < k ? 1 : 0;
      if (block.own().length > 0 && block.own()[q] > 0) {
        double own = block.own()[q];
        asked++;
        first += found == 0 || block.scores()[from] <= own ? 1 : 0;
        closest[bin(found == 0 ? 0 : block.scores()[from] / own)]++;
        farthest[bin(found < k ? 0 : block.scores()[from + k - 1] / own)]++;
      }
    }
    return new AnswerSummary(
        block.size(),
        block.scores().length,
        empty,
        incomplete,
        asked,
        first,
        closest,
        farthest,
        block.work());
  }

  private static int bin(double share) {
    return (int) Math.min(BINS, Math.floor(share / HIGHEST * BINS));
  }

  AnswerSummary plus(AnswerSummary other) {
    return new AnswerSummary(
        queries + other.queries,
        found + other.found,
        empty + other.empty,
        incomplete + other.incomplete,
        asked + other.asked,
        first + other.first,
        sum(closest, other.closest),
        sum(farthest, other.farthest),
        work.plus(other.work));
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = new long[one.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = one[i] + other[i];
    }
    return sum;
  }
}
