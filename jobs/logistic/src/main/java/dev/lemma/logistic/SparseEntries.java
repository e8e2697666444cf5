// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.linalg.SparseRow;

/** The ids of sparse rows as column indices; reused from row to row. One task's. */
final class SparseEntries {
  private int[] indices = new int[0];

  /** The columns of a row, of which the first {@link SparseRow#size} count. */
  int[] of(SparseRow row) {
    if (indices.length < row.size()) {
      indices = new int[2 * row.size()];
    }
    for (int e = 0; e < row.size(); e++) {
      indices[e] = (int) row.ids()[e];
    }
    return indices;
  }
}
