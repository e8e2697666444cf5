// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.GramKernel;
import java.util.Arrays;

/**
 * Sums of x x' over rows, one for each scatter. Dense rows wait in the slots of a kernel: of one
 * for each sum, or, where so many would take too much memory, of one for all, which is emptied when
 * a row of another sum comes. The rows of a sum are added in the order in which they came.
 */
final class ScatterSums {
  // Fewer slots than that are better shared.
  private static final int LEAST_SLOTS = 64;

  private final GramKernel kernel;
  private final int slots;
  private final boolean apart;
  // By scatter, or one for all.
  private final GramKernel[] kernels;
  private final int[] waiting;
  // Where the columns of a sum begin.
  private final int[] columns;
  private final double[][] sums;
  private int owner;

  /**
   * No rows yet.
   *
   * @param scatters number of sums
   * @param rows rows that may wait in all kernels together
   */
  ScatterSums(GramKernel kernel, int scatters, int rows) {
    this.kernel = kernel;
    this.slots = Math.min(kernel.capacity(), rows / scatters);
    this.apart = slots >= Math.min(LEAST_SLOTS, kernel.capacity());
    this.kernels = new GramKernel[apart ? scatters : 1];
    this.waiting = new int[kernels.length];
    this.columns = new int[kernel.order()];
    Arrays.setAll(columns, kernel::column);
    this.sums = new double[scatters][];
    if (!apart) {
      kernels[0] = kernel;
    }
  }

  /** Whether each sum has slots of its own, so that rows may come in any order at no cost. */
  boolean areApart() {
    return apart;
  }

  /** Adds a dense row, of which the first entries count. */
  void add(int scatter, double[] row) {
    int at = apart ? scatter : 0;
    if (!apart && owner != scatter) {
      settle(owner);
      owner = scatter;
    }
    GramKernel own = kernels[at];
    if (own == null) {
      own = kernel.another(slots);
      kernels[at] = own;
    }
    own.load(waiting[at]++, row);
    if (waiting[at] == own.capacity()) {
      settle(scatter);
    }
  }

  /** Adds a sparse row, given by its entries that are not zero. */
  void addOuter(int scatter, int[] indices, double[] values, int count) {
    settle(apart ? scatter : owner);
    double[] sum = sum(scatter);
    for (int b = 0; b < count; b++) {
      double factor = values[b];
      int column = columns[indices[b]];
      for (int a = 0; a <= b; a++) {
        int at = column + indices[a];
        sum[at] = Math.fma(factor, values[a], sum[at]);
      }
    }
  }

  /** The sum, packed, or null if no row came; it is empty afterwards. */
  double[] take(int scatter) {
    settle(apart ? scatter : owner);
    double[] sum = sums[scatter];
    sums[scatter] = null;
    return sum == null ? null : kernel.packed(sum);
  }

  private void settle(int scatter) {
    int at = apart ? scatter : 0;
    if (waiting[at] > 0) {
      kernels[at].addTo(sum(scatter), waiting[at]);
      waiting[at] = 0;
    }
  }

  private double[] sum(int scatter) {
    if (sums[scatter] == null) {
      sums[scatter] = new double[kernel.length()];
    }
    return sums[scatter];
  }
}
