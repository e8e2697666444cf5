// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * A feature with which something is wrong.
 *
 * @param column its index
 * @param fault what
 * @param others the features of which it is a combination within the classes, ascending; empty
 *     where it varies with none
 */
public record ColumnFinding(int column, ColumnFault fault, List<Integer> others) {
  /** Copies the list. */
  public ColumnFinding {
    others = List.copyOf(others);
  }

  /** The same finding where feature j is called {@code names[j]}; ascending names. */
  ColumnFinding in(int[] names) {
    return new ColumnFinding(
        names[column], fault, others.stream().map(other -> names[other]).toList());
  }
}
