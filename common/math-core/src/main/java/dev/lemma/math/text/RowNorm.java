// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

/** How the row of a text is scaled. */
public enum RowNorm {
  /** Not at all. */
  NONE,
  /** To Euclidean length 1, so that inner products are cosines; an empty row stays empty. */
  L2
}
