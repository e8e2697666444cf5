// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * A symmetric positive semidefinite system, factorised as U'U after scaling its diagonal to 1. A
 * column whose pivot is rounding noise depends on those before it: it is dropped, its unknown is 0,
 * and the other unknowns solve the rest. So constant and collinear columns survive, the earlier one
 * speaking for those that repeat it.
 *
 * <p>p<sup>3</sup> / 3 flops, p (p + 1) / 2 numbers.
 */
final class NewtonSystem {
  // Share of a column's diagonal that must remain. Of rounding, about p units of 1e-16 remain.
  private static final double DEPENDENT = 1e-11;

  private final int size;
  private final double[] factor;
  private final double[] scale;
  private final boolean[] dropped;

  private NewtonSystem(int size, double[] factor) {
    this.size = size;
    this.factor = factor;
    scale = new double[size];
    dropped = new boolean[size];
  }

  /**
   * Factorises Hessian blocks in the layout of {@link LikelihoodSums}.
   *
   * @param fixed parameters whose unknown is 0 from the start
   */
  static NewtonSystem ofBlocks(double[] blocks, int scores, int width, boolean[] fixed) {
    int size = scores * width;
    NewtonSystem system = new NewtonSystem(size, new double[triangle(size)]);
    system.unfold(blocks, scores, width);
    for (int i = 0; i < size; i++) {
      system.dropped[i] = fixed[i];
    }
    system.factorise();
    return system;
  }

  private void unfold(double[] blocks, int scores, int width) {
    int length = triangle(width);
    for (int c = 0; c < scores; c++) {
      for (int i = 0; i < width; i++) {
        int row = row(c * width + i);
        for (int e = c; e < scores; e++) {
          int block = (c + e * (e + 1) / 2) * length;
          for (int j = c == e ? i : 0; j < width; j++) {
            int at = i <= j ? i + triangle(j) : j + triangle(i);
            factor[row + e * width + j] = blocks[block + at];
          }
        }
      }
    }
  }

  private static int triangle(int size) {
    return Math.toIntExact(size * (size + 1L) / 2);
  }

  /**
   * Element (i, j), i <= j, stands at row(i) + j: rows follow each other without their lower part.
   */
  private int row(int i) {
    return i * size - triangle(i);
  }

  private void factorise() {
    for (int i = 0; i < size; i++) {
      double diagonal = factor[row(i) + i];
      dropped[i] |= !(diagonal > 0 && diagonal < Double.POSITIVE_INFINITY);
      scale[i] = dropped[i] ? 0 : 1 / Math.sqrt(diagonal);
    }
    for (int i = 0; i < size; i++) {
      int row = row(i);
      for (int j = i; j < size; j++) {
        // A column that is left out may hold what is not finite.
        factor[row + j] = dropped[i] || dropped[j] ? 0 : factor[row + j] * scale[i] * scale[j];
      }
    }
    double[] rest = new double[size];
    for (int i = 0; i < size; i++) {
      if (!dropped[i]) {
        eliminate(i, rest);
      }
    }
  }

  /** Takes the rows above from row i, four at a time, and divides by the root of its pivot. */
  private void eliminate(int i, double[] rest) {
    int length = size - i;
    int row = row(i) + i;
    System.arraycopy(factor, row, rest, 0, length);
    int k = 0;
    for (; k + 4 <= i; k += 4) {
      subtract(row(k) + i, row(k + 1) + i, row(k + 2) + i, row(k + 3) + i, rest, length);
    }
    for (; k < i; k++) {
      subtract(row(k) + i, rest, length);
    }
    double pivot = rest[0];
    if (pivot > DEPENDENT) {
      double root = Math.sqrt(pivot);
      for (int j = 0; j < length; j++) {
        factor[row + j] = rest[j] / root;
      }
    } else {
      dropped[i] = true;
      Arrays.fill(factor, row, row + length, 0);
    }
  }

  private void subtract(int k0, int k1, int k2, int k3, double[] rest, int length) {
    double u0 = factor[k0];
    double u1 = factor[k1];
    double u2 = factor[k2];
    double u3 = factor[k3];
    double[] u = factor;
    for (int j = 0; j < length; j++) {
      rest[j] -= (u0 * u[k0 + j] + u1 * u[k1 + j]) + (u2 * u[k2 + j] + u3 * u[k3 + j]);
    }
  }

  private void subtract(int k0, double[] rest, int length) {
    double u0 = factor[k0];
    for (int j = 0; j < length; j++) {
      rest[j] -= u0 * factor[k0 + j];
    }
  }

  /** The solution for a right-hand side, a new array; 0 where a column was dropped. */
  double[] solve(double[] rightHandSide) {
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = dropped[i] ? 0 : rightHandSide[i] * scale[i];
    }
    for (int i = 0; i < size; i++) {
      int row = row(i);
      x[i] = dropped[i] ? 0 : x[i] / factor[row + i];
      for (int j = i + 1; j < size; j++) {
        x[j] -= factor[row + j] * x[i];
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      int row = row(i);
      double sum = 0;
      for (int j = i + 1; j < size; j++) {
        sum += factor[row + j] * x[j];
      }
      x[i] = dropped[i] ? 0 : (x[i] - sum) / factor[row + i];
    }
    for (int i = 0; i < size; i++) {
      x[i] *= scale[i];
    }
    return x;
  }

  /** Whether parameter i was dropped. */
  boolean isDropped(int i) {
    return dropped[i];
  }

  /** Indices of the parameters that were dropped, ascending. */
  int[] dropped() {
    int[] indices = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (dropped[i]) {
        indices[count++] = i;
      }
    }
    return Arrays.copyOf(indices, count);
  }
}
