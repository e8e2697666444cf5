// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

/** Rows of draws one after the other. */
interface RowFeed {
  /** Goes to the next row; false at the end. */
  boolean next();

  long chain();

  long iteration();

  /** Draw of the chosen parameter with this number; NaN where there is none. */
  double value(int column);
}
