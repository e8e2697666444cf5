// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.RowCounts;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/** Counts rows and bad rows inside a scan, as part of its result: tasks run twice count once. */
final class RowTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] bad = new long[BadRow.values().length];

  /** Counts a row; {@link BadRow#NONE} is a good one. */
  void add(BadRow reason) {
    bad[reason.ordinal()]++;
  }

  RowTally plus(RowTally other) {
    RowTally sum = new RowTally();
    for (int i = 0; i < bad.length; i++) {
      sum.bad[i] = bad[i] + other.bad[i];
    }
    return sum;
  }

  RowCounts counts() {
    long rows = 0;
    Map<BadRow, Long> byReason = new EnumMap<>(BadRow.class);
    for (BadRow reason : BadRow.values()) {
      long count = bad[reason.ordinal()];
      rows += count;
      if (reason != BadRow.NONE) {
        byReason.put(reason, count);
      }
    }
    return new RowCounts(rows, byReason);
  }
}
