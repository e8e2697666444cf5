// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many rows came in, and how many of them are bad, by reason.
 *
 * @param rows all rows, good and bad
 * @param bad rows by reason; reasons without rows are left out
 */
public record RowCounts(long rows, Map<BadRow, Long> bad) {
  /** Takes a copy. */
  public RowCounts {
    Map<BadRow, Long> copy = new EnumMap<>(BadRow.class);
    bad.forEach(
        (reason, count) -> {
          if (count > 0) {
            copy.put(reason, count);
          }
        });
    bad = java.util.Collections.unmodifiableMap(copy);
  }

  /** These counts with more bad rows among the good ones. */
  public RowCounts with(BadRow reason, long more) {
    Map<BadRow, Long> all = new EnumMap<>(BadRow.class);
    all.putAll(bad);
    all.merge(reason, more, Long::sum);
    return new RowCounts(rows, all);
  }

  /** Number of bad rows. */
  public long rejected() {
    return bad.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Number of good rows. */
  public long accepted() {
    return rows - rejected();
  }

  /** The reasons, most frequent first, such as {@code 7 null, 5 nan}; empty without bad rows. */
  public String reasons() {
    return bad.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<BadRow, Long>>comparingLong(e -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .map(e -> e.getValue() + " " + e.getKey().reason())
        .collect(Collectors.joining(", "));
  }
}
