// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/** How a feature's column of R, before the scale, is made from its address. */
@FunctionalInterface
public interface ColumnLaw {
  /**
   * Makes one column; safe to call from any thread.
   *
   * @param feature 64-bit feature id
   * @param column receives k entries
   */
  void fill(long feature, double[] column);
}
