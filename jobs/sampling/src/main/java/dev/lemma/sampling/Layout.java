// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

/** How a table holds draws. */
public enum Layout {
  /** Long where columns of names and values are there, else wide. */
  AUTO,
  /** A row for each draw, a column for each parameter. */
  WIDE,
  /** A row for each draw of each parameter. */
  LONG
}
