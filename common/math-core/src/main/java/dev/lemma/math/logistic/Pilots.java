// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * A point near the rows of each class, from which they are counted, so that sums of squares do not
 * cancel. In a feature that is zero in one of the class's rows it is zero, and sparse rows stay
 * sparse; such a feature varies about as much as it is large. Elsewhere it is the mean over the
 * rows of the class in the block in which the class first appears: for a constant exactly the
 * constant. It follows from the values of the rows and their order, and not from how they are
 * encoded.
 */
final class Pilots {
  private final double[][] points;
  // Indices of the features where the point is not zero.
  private final int[][] supports;
  private final double[] deviation;
  private final int[] present;

  Pilots(int classes, int features) {
    this.points = new double[classes][];
    this.supports = new int[classes][];
    this.deviation = new double[features];
    this.present = new int[features];
  }

  boolean knows(int k) {
    return points[k] != null;
  }

  double[] point(int k) {
    return points[k];
  }

  int[] support(int k) {
    if (supports[k] == null) {
      double[] point = points[k];
      int count = 0;
      int[] found = new int[point.length];
      for (int j = 0; j < point.length; j++) {
        if (point[j] != 0) {
          found[count++] = j;
        }
      }
      supports[k] = Arrays.copyOf(found, count);
    }
    return supports[k];
  }

  void forget() {
    Arrays.fill(points, null);
    Arrays.fill(supports, null);
  }

  /** Chooses the point of a class from some rows of a block. */
  void learn(int k, RowBlock block, int[] rows, int from, int to) {
    double[] first = new double[deviation.length];
    scatter(block, rows[from], first);
    Arrays.fill(deviation, 0);
    Arrays.fill(present, 0);
    for (int i = from; i < to; i++) {
      int r = rows[i];
      int at = block.start(r);
      int indexAt = block.indexStart(r);
      for (int q = 0; q < block.length(r); q++) {
        double x = block.values()[at + q];
        int j = block.isSparse(r) ? block.indices()[indexAt + q] : q;
        if (x != 0) {
          present[j]++;
          deviation[j] += x - first[j];
        }
      }
    }
    int count = to - from;
    for (int j = 0; j < first.length; j++) {
      first[j] = present[j] == count ? first[j] + deviation[j] / count : 0;
    }
    points[k] = first;
    supports[k] = null;
  }

  private static void scatter(RowBlock block, int r, double[] out) {
    int at = block.start(r);
    if (!block.isSparse(r)) {
      System.arraycopy(block.values(), at, out, 0, out.length);
      return;
    }
    int indexAt = block.indexStart(r);
    for (int q = 0; q < block.length(r); q++) {
      out[block.indices()[indexAt + q]] = block.values()[at + q];
    }
  }
}
