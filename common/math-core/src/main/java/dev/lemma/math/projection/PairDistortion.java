// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;

/**
 * What a projection did to the difference of two rows.
 *
 * @param ratio squared distance of the projected rows over squared distance of the rows; NaN where
 *     the rows are equal
 * @param q4 sum of fourth powers of the difference scaled to unit length, in (0, 1]: how much of
 *     the difference lies in few features; NaN where the rows are equal
 * @param nonzeros number of features in which the rows differ
 */
public record PairDistortion(double ratio, double q4, long nonzeros) {
  private static final PairDistortion EQUAL_ROWS = new PairDistortion(Double.NaN, Double.NaN, 0);

  /**
   * Compares two rows and their projections. All sums are scaled by the largest difference, so that
   * rows near the ends of the range of double neither overflow nor vanish.
   *
   * @param a first row, ids ascending
   * @param b second row, ids ascending
   * @param projectedA k values
   * @param projectedB k values
   */
  public static PairDistortion of(
      SparseRow a, SparseRow b, double[] projectedA, double[] projectedB) {
    double largest = 0;
    for (Difference difference = new Difference(a, b); difference.next(); ) {
      largest = Math.max(largest, Math.abs(difference.value));
    }
    if (largest == 0) {
      return EQUAL_ROWS;
    }
    double sum2 = 0;
    double sum4 = 0;
    long nonzeros = 0;
    for (Difference difference = new Difference(a, b); difference.next(); ) {
      double scaled = difference.value / largest;
      double square = scaled * scaled;
      sum2 += square;
      sum4 += square * square;
      if (difference.value != 0) {
        nonzeros++;
      }
    }
    double projected2 = 0;
    for (int c = 0; c < projectedA.length; c++) {
      double scaled = (projectedA[c] - projectedB[c]) / largest;
      projected2 += scaled * scaled;
    }
    return new PairDistortion(projected2 / sum2, sum4 / (sum2 * sum2), nonzeros);
  }

  /** True where the two rows are the same, so that there is no distance to keep. */
  public boolean isOfEqualRows() {
    return nonzeros == 0;
  }

  /** Walks the union of two ascending id lists. */
  private static final class Difference {
    private final SparseRow a;
    private final SparseRow b;
    private int i;
    private int j;
    private double value;

    Difference(SparseRow a, SparseRow b) {
      this.a = a;
      this.b = b;
    }

    boolean next() {
      boolean moreA = i < a.size();
      boolean moreB = j < b.size();
      if (!moreA && !moreB) {
        return false;
      }
      if (moreA && moreB && a.ids()[i] == b.ids()[j]) {
        value = a.values()[i++] - b.values()[j++];
      } else if (moreA && (!moreB || a.ids()[i] < b.ids()[j])) {
        value = a.values()[i++];
      } else {
        value = -b.values()[j++];
      }
      return true;
    }
  }
}
