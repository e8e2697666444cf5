// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * Two different rows of a sample.
 *
 * @param first the one of lower priority
 * @param second the other
 */
public record RowPair(Row first, Row second) {
  /** Refuses null. */
  public RowPair {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
  }
}
