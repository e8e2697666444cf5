// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.math.lowrank.PowerSums;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * The sums over some rows, and how many rows were good or bad. Travels as Java serialises it
 * whatever {@code spark.serializer} is.
 */
@DefaultSerializer(JavaSerializer.class)
final class PartialSums implements Serializable {
  private static final long serialVersionUID = 1L;

  final PowerSums sums;
  final long[] tally;

  PartialSums(PowerSums sums, long[] tally) {
    this.sums = sums;
    this.tally = tally;
  }

  /** Adds what follows; changes and returns this. */
  PartialSums plus(PartialSums later) {
    sums.add(later.sums);
    for (int i = 0; i < tally.length; i++) {
      tally[i] += later.tally[i];
    }
    return this;
  }

  RowCounts counts() {
    long rows = 0;
    Map<BadRow, Long> bad = new EnumMap<>(BadRow.class);
    for (BadRow reason : BadRow.values()) {
      long count = tally[reason.ordinal()];
      rows += count;
      if (reason != BadRow.NONE) {
        bad.put(reason, count);
      }
    }
    return new RowCounts(rows, bad);
  }
}
