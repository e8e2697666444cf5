// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.GramKernel;
import dev.lemma.math.linalg.PackedSymmetric;

/**
 * Dense rows about their pilots that wait for their scatter to be summed, in a buffer for each
 * scatter: a row is written once, and a library is called when it has enough to do.
 */
final class ScatterBuffers {
  /** Rows with which a library is about as fast as it gets; more would leave the cache. */
  private static final int MOST_ROWS = 256;

  /** Fewer rows for a scatter are better sorted together in blocks. */
  private static final int LEAST_ROWS = 64;

  /** Doubles in all buffers: 32 MB. */
  private static final int MOST_DOUBLES = 1 << 22;

  private final GramKernel kernel;
  private final double[][] products;
  private final double[][] buffers;
  private final int[] counts;
  private final int capacity;
  private final double[] row;

  /**
   * No rows.
   *
   * @param products the packed sums by scatter, made when a scatter has its first rows
   */
  ScatterBuffers(GramKernel kernel, double[][] products) {
    this.kernel = kernel;
    this.products = products;
    this.buffers = new double[products.length][];
    this.counts = new int[products.length];
    this.capacity = capacity(products.length, kernel.order());
    this.row = new double[kernel.order()];
  }

  private static int capacity(int scatters, int order) {
    return (int) Math.min(MOST_ROWS, MOST_DOUBLES / ((long) scatters * order));
  }

  /** Whether so many scatters of this order have buffers that are worth it. */
  static boolean fit(int scatters, int order) {
    return capacity(scatters, order) >= LEAST_ROWS;
  }

  /** Adds a row as it is. */
  void add(int scatter, double[] row) {
    int order = kernel.order();
    if (buffers[scatter] == null) {
      // Room for a row behind the last one, which the kernel asks for.
      buffers[scatter] = new double[(capacity + 1) * order];
    }
    System.arraycopy(row, 0, buffers[scatter], counts[scatter] * order, order);
    if (++counts[scatter] == capacity) {
      flush(scatter);
    }
  }

  /**
   * Adds a row of features in the form of {@link ShiftedRow}.
   *
   * @param x its features at x[at ..]
   */
  void add(int scatter, double w, double[] x, int at, double[] pilot) {
    // In an array of its own: the compiler vectorises loops over arrays indexed from zero.
    double[] y = row;
    int d = pilot.length;
    System.arraycopy(x, at, y, 0, d);
    for (int j = 0; j < d; j++) {
      y[j] -= pilot[j];
    }
    double square = ShiftedRow.squaredNorm(y, d);
    double root = Math.sqrt(w);
    if (root != 1) {
      for (int j = 0; j < d; j++) {
        y[j] *= root;
      }
    }
    y[d] = root;
    y[d + 1] = root * square;
    add(scatter, y);
  }

  private void flush(int scatter) {
    if (products[scatter] == null) {
      products[scatter] = new double[PackedSymmetric.length(kernel.order())];
    }
    kernel.addTo(products[scatter], buffers[scatter], counts[scatter]);
    counts[scatter] = 0;
  }

  /** Sums what waits. */
  void flush() {
    for (int scatter = 0; scatter < counts.length; scatter++) {
      if (counts[scatter] > 0) {
        flush(scatter);
      }
    }
  }
}
