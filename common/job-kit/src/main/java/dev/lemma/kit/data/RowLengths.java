// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

/**
 * Lengths that rows have.
 *
 * @param least the shortest
 * @param most the longest
 */
public record RowLengths(int least, int most) {
  /** Whether all rows are equally long. */
  public boolean isOne() {
    return least == most;
  }

  /** Such as {@code 41} or {@code 2 to 4}. */
  @Override
  public String toString() {
    return isOne() ? Integer.toString(least) : least + " to " + most;
  }
}
