// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import java.util.Arrays;

/**
 * Draws in ascending order with where each came from, and the order of their distances from the
 * median, which follows from it by a merge. A radix sort of the bits: O(S), equal draws in the
 * order of their positions; -0.0 counts as 0.0. Draws must not be NaN.
 */
final class SortedDraws {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 6;
  private static final int DIGIT = (1 << DIGIT_BITS) - 1;

  /** Turns the median absolute deviation of a Gaussian into its standard deviation, as R does. */
  private static final double GAUSSIAN_SCALE = 1.4826;

  private final int[][] counts = new int[DIGITS][DIGIT + 1];
  private long[] keys;
  private long[] otherKeys;
  private int[] order;
  private int[] otherOrder;
  private final double[] sorted;
  private final int[] foldedOrder;
  private final double[] folded;

  SortedDraws(int size) {
    keys = new long[size];
    otherKeys = new long[size];
    order = new int[size];
    otherOrder = new int[size];
    sorted = new double[size];
    foldedOrder = new int[size];
    folded = new double[size];
  }

  /** Sorts draws, which stay as they are. */
  void accept(double[] draws) {
    int size = sorted.length;
    for (int[] count : counts) {
      Arrays.fill(count, 0);
    }
    for (int i = 0; i < size; i++) {
      long bits = Double.doubleToRawLongBits(draws[i] + 0.0);
      long key = bits ^ (bits >> 63 | Long.MIN_VALUE);
      keys[i] = key;
      order[i] = i;
      for (int d = 0; d < DIGITS; d++) {
        counts[d][(int) (key >>> d * DIGIT_BITS) & DIGIT]++;
      }
    }
    for (int d = 0; d < DIGITS; d++) {
      if (counts[d][(int) (keys[0] >>> d * DIGIT_BITS) & DIGIT] < size) {
        scatter(counts[d], d * DIGIT_BITS);
      }
    }
    for (int i = 0; i < size; i++) {
      sorted[i] = draws[order[i]];
    }
    fold();
  }

  private void scatter(int[] count, int shift) {
    int at = 0;
    for (int value = 0; value <= DIGIT; value++) {
      int here = count[value];
      count[value] = at;
      at += here;
    }
    for (int i = 0; i < sorted.length; i++) {
      long key = keys[i];
      int to = count[(int) (key >>> shift) & DIGIT]++;
      otherKeys[to] = key;
      otherOrder[to] = order[i];
    }
    long[] kept = keys;
    keys = otherKeys;
    otherKeys = kept;
    int[] keptOrder = order;
    order = otherOrder;
    otherOrder = keptOrder;
  }

  /** Distances grow away from the median on either side: two sorted lists to merge. */
  private void fold() {
    int size = sorted.length;
    double median = median();
    int right = size / 2;
    int left = right - 1;
    for (int i = 0; i < size; i++) {
      double below = left >= 0 ? median - sorted[left] : Double.POSITIVE_INFINITY;
      double above = right < size ? sorted[right] - median : Double.POSITIVE_INFINITY;
      boolean takeLeft = left >= 0 && (right >= size || below <= above);
      folded[i] = takeLeft ? below : above;
      foldedOrder[i] = takeLeft ? order[left--] : order[right++];
    }
  }

  /** Draws ascending; the array stays the kernel's. */
  double[] ascending() {
    return sorted;
  }

  /** Positions of {@link #ascending}. */
  int[] order() {
    return order;
  }

  /** |draw - median| ascending. */
  double[] folded() {
    return folded;
  }

  /** Positions of {@link #folded}. */
  int[] foldedOrder() {
    return foldedOrder;
  }

  double median() {
    return middle(sorted);
  }

  /** 1.4826 times the median distance from the median. */
  double scaledMedianDeviation() {
    return GAUSSIAN_SCALE * middle(folded);
  }

  private static double middle(double[] ascending) {
    int half = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[half]
        : (ascending[half - 1] + ascending[half]) / 2;
  }

  /** The quantile that interpolates between order statistics (1 + (S - 1) p): R's type 7. */
  double quantile(double p) {
    double index = (sorted.length - 1) * p;
    int low = (int) Math.floor(index);
    int high = (int) Math.ceil(index);
    double at = sorted[low];
    double share = index - low;
    // Equal or infinite neighbours must not meet in 0 times infinity.
    return high == low || sorted[high] == at ? at : (1 - share) * at + share * sorted[high];
  }
}
