// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.Row;

/** States that are merged with each other and with nothing else. */
final class Group implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The counts of rows, in every scan. */
  static final Group TALLY = new Group(null, -1);

  /** The values of the key columns; null where there are none, and for the counts. */
  final Row keys;

  /** A number that tells groups of equal keys apart; -1 for the counts. */
  final int number;

  Group(Row keys, int number) {
    this.keys = keys;
    this.number = number;
  }

  boolean isTally() {
    return number == TALLY.number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Group group
        && number == group.number
        && Objects.equals(keys, group.keys);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(keys) + number;
  }
}
