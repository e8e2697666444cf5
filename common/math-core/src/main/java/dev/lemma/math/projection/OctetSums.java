// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/**
 * Sums of columns with the additions of {@link FloatSignRows}, from columns instead of packed bits:
 * for spaces that are open or too large for {@link SignCodes}. The two {@link GroupSums} of a group
 * of eight features are added to each other first. Not thread-safe.
 */
final class OctetSums {
  private final DenseColumns columns;
  private float[] floats = {};
  private double[] doubles = {};

  OctetSums(DenseColumns columns) {
    this.columns = columns;
  }

  /** Adds the columns of a row, each times its value, to k sums that are not -0. */
  void add(SparseRow row, float[] sums) {
    for (int from = 0; from < row.size(); ) {
      int middle = endOfRun(row, from, 2);
      int to = endOfRun(row, from, 3);
      if (middle == to) {
        GroupSums.add(row, from, to, columns, sums);
      } else {
        floats = floats.length == sums.length ? floats : new float[sums.length];
        Arrays.fill(floats, 0);
        GroupSums.add(row, from, middle, columns, floats);
        GroupSums.add(row, middle, to, columns, floats);
        for (int c = 0; c < sums.length; c++) {
          sums[c] += floats[c];
        }
      }
      from = to;
    }
  }

  /** The twin of {@link #add(SparseRow, float[])} in binary64. */
  void add(SparseRow row, double[] sums) {
    for (int from = 0; from < row.size(); ) {
      int middle = endOfRun(row, from, 2);
      int to = endOfRun(row, from, 3);
      if (middle == to) {
        GroupSums.add(row, from, to, columns, sums);
      } else {
        doubles = doubles.length == sums.length ? doubles : new double[sums.length];
        Arrays.fill(doubles, 0);
        GroupSums.add(row, from, middle, columns, doubles);
        GroupSums.add(row, middle, to, columns, doubles);
        for (int c = 0; c < sums.length; c++) {
          sums[c] += doubles[c];
        }
      }
      from = to;
    }
  }

  /** Where the ids end that agree with the first in all but some low bits. */
  private static int endOfRun(SparseRow row, int from, int lowBits) {
    long[] ids = row.ids();
    long group = ids[from] >> lowBits;
    int to = from + 1;
    while (to < row.size() && ids[to] >> lowBits == group) {
      to++;
    }
    return to;
  }
}
