// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.RowCounts;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/** What was found in a leaf while its rows were read. */
final class LeafTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] rows = new long[BadRow.values().length];

  /** Rows whose key the row before them has. */
  long repeats;

  /** Good rows whose label the likelihood does not know. */
  long strangeLabels;

  /** Good rows whose weight is no whole number below 2^31. */
  long unevenWeights;

  /** The largest label of a good row, -infinity without rows. */
  double largestLabel = Double.NEGATIVE_INFINITY;

  /** Sum of a hash of every good row: the same for any order. */
  long fingerprint;

  /** Counts a row. */
  void add(BadRow reason) {
    rows[reason.ordinal()]++;
  }

  /** Adds the counts of another leaf and returns this. */
  LeafTally plus(LeafTally other) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] += other.rows[i];
    }
    repeats += other.repeats;
    strangeLabels += other.strangeLabels;
    unevenWeights += other.unevenWeights;
    largestLabel = Math.max(largestLabel, other.largestLabel);
    fingerprint += other.fingerprint;
    return this;
  }

  /** Rows in and rows left out. */
  RowCounts counts() {
    Map<BadRow, Long> bad = new EnumMap<>(BadRow.class);
    long total = 0;
    for (BadRow reason : BadRow.values()) {
      total += rows[reason.ordinal()];
      if (reason != BadRow.NONE) {
        bad.put(reason, rows[reason.ordinal()]);
      }
    }
    return new RowCounts(total, bad);
  }
}
