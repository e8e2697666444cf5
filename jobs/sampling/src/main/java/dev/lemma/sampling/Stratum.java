// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * What is known of a stratum before its sample is taken.
 *
 * @param name its values, joined by commas; empty where there are no strata
 * @param values its values in the columns' own types
 * @param rows rows that can be drawn
 * @param size rows that are drawn: all of them, or as many as asked for
 * @param threshold the lowest rank and key left out, two halves of it; null where all are drawn
 */
record Stratum(String name, Row values, long rows, long size, Threshold threshold) {
  /**
   * A place in the order of rank and key.
   *
   * @param rank of the row
   * @param first half of its key
   * @param second half of its key
   */
  record Threshold(long rank, long first, long second) {}

  /** Refuses null where there must be something. */
  Stratum {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(values, "values");
  }
}
