// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/**
 * Sums of signed features for one row at a time, in binary64: by table look-up, since outputs
 * outnumber the ways to sign eight features ("four Russians").
 *
 * <p><b>Additions.</b> Features in groups of eight, ascending, an output being +0 at first: y = y +
 * (a + b) with a = ((s0 x0 + s1 x1) + s2 x2) + s3 x3 and b the same of the features 4 to 7. Zeros
 * of either sign change no bit: a sum of zeros is added to an output that is never -0.
 *
 * <p>For each group of eight the 256 possible sums are formed and each output picks its own. Memory
 * 4.6 KB. Not thread-safe; allocates nothing.
 *
 * <p>Source: V. L. Arlazarov, E. A. Dinic, M. A. Kronrod and I. A. Faradzev, <em>On economical
 * construction of the transitive closure of a directed graph</em>, 1970.
 */
final class DoubleSignRows {
  private static final int SUMS = 256;

  private final SignCodes codes;
  private final double[] entries = new double[SignCodes.GROUP];
  private final double[] low = new double[16];
  private final double[] high = new double[16];
  private final double[] table = new double[2 * SUMS];

  DoubleSignRows(SignCodes codes) {
    this.codes = codes;
  }

  /** Adds a sparse row, its ids ascending in [0, d), to k sums that are not -0. */
  void add(SparseRow row, double[] sums) {
    long[] ids = row.ids();
    double[] values = row.values();
    int size = row.size();
    int i = 0;
    while (i < size) {
      int g = (int) (ids[i] / SignCodes.GROUP);
      long end = (g + 1L) * SignCodes.GROUP;
      Arrays.fill(entries, 0);
      for (; i < size && ids[i] < end; i++) {
        entries[(int) ids[i] % SignCodes.GROUP] = values[i];
      }
      addGroup(codes.group(g), sums);
    }
  }

  /** Adds the dense row that begins at a place to k sums that are not -0. */
  void add(double[] rows, int at, double[] sums) {
    int d = codes.features();
    for (int first = 0; first < d; first += SignCodes.GROUP) {
      int length = Math.min(SignCodes.GROUP, d - first);
      System.arraycopy(rows, at + first, entries, 0, length);
      Arrays.fill(entries, length, SignCodes.GROUP, 0);
      addGroup(codes.group(first / SignCodes.GROUP), sums);
    }
  }

  private void addGroup(char[] group, double[] sums) {
    double[] x = entries;
    int present = 0;
    int last = 0;
    for (int i = 0; i < x.length; i++) {
      if (x[i] != 0) {
        present++;
        last = i;
      }
    }
    if (present == 1) {
      table[0] = x[last];
      table[1] = -x[last];
      addOne(group, last, table, sums);
    } else if (present > 1) {
      signedSums(x, 0, low);
      signedSums(x, 4, high);
      allPairs(low, high, table, 0);
      signedSums(x, 8, low);
      signedSums(x, 12, high);
      allPairs(low, high, table, SUMS);
      addSixteen(group, table, sums);
    }
  }

  private static void addOne(char[] codes, int bit, double[] table, double[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += table[codes[c] >>> bit & 1];
    }
  }

  private static void addSixteen(char[] codes, double[] table, double[] sums) {
    for (int c = 0; c < sums.length; c++) {
      int code = codes[c];
      sums[c] = (sums[c] + table[code & 255]) + table[SUMS + (code >>> 8)];
    }
  }

  /** The 16 signed sums ((+-x0 +- x1) +- x2) +- x3, bit i of the index being set for minus x_i. */
  private static void signedSums(double[] x, int at, double[] sums) {
    double x2 = x[at + 2];
    double x3 = x[at + 3];
    double same = x[at] + x[at + 1];
    double other = x[at] - x[at + 1];
    mirrored(sums, 0, (same + x2) + x3);
    mirrored(sums, 2, (other + x2) + x3);
    mirrored(sums, 4, (same - x2) + x3);
    mirrored(sums, 6, (other - x2) + x3);
    mirrored(sums, 8, (same + x2) - x3);
    mirrored(sums, 10, (other + x2) - x3);
    mirrored(sums, 12, (same - x2) - x3);
    mirrored(sums, 14, (other - x2) - x3);
  }

  /** Rounding is symmetric: the sum of the opposite signs is the opposite. */
  private static void mirrored(double[] sums, int index, double sum) {
    sums[index] = sum;
    sums[15 - index] = -sum;
  }

  /** table[at + 16h + l] = low[l] + high[h]; unrolled so that the low sums stay in registers. */
  private static void allPairs(double[] low, double[] high, double[] table, int at) {
    double l0 = low[0];
    double l1 = low[1];
    double l2 = low[2];
    double l3 = low[3];
    double l4 = low[4];
    double l5 = low[5];
    double l6 = low[6];
    double l7 = low[7];
    double l8 = low[8];
    double l9 = low[9];
    double l10 = low[10];
    double l11 = low[11];
    double l12 = low[12];
    double l13 = low[13];
    double l14 = low[14];
    double l15 = low[15];
    int t = at;
    for (int h = 0; h < high.length; h++) {
      double sum = high[h];
      table[t] = l0 + sum;
      table[t + 1] = l1 + sum;
      table[t + 2] = l2 + sum;
      table[t + 3] = l3 + sum;
      table[t + 4] = l4 + sum;
      table[t + 5] = l5 + sum;
      table[t + 6] = l6 + sum;
      table[t + 7] = l7 + sum;
      table[t + 8] = l8 + sum;
      table[t + 9] = l9 + sum;
      table[t + 10] = l10 + sum;
      table[t + 11] = l11 + sum;
      table[t + 12] = l12 + sum;
      table[t + 13] = l13 + sum;
      table[t + 14] = l14 + sum;
      table[t + 15] = l15 + sum;
      t += 16;
    }
  }
}
