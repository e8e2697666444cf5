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
    double[] packed = scores == 1 ? blocks.clone() : new double[triangle(size)];
    if (scores > 1) {
      unfold(blocks, scores, width, packed);
    }
    NewtonSystem system = new NewtonSystem(size, packed);
    for (int i = 0; i < size; i++) {
      system.dropped[i] = fixed[i];
    }
    system.factorise();
    return system;
  }

  private static void unfold(double[] blocks, int scores, int width, double[] packed) {
    int length = triangle(width);
    for (int e = 0; e < scores; e++) {
      for (int j = 0; j < width; j++) {
        int column = triangle(e * width + j);
        for (int c = 0; c <= e; c++) {
          int block = (c + e * (e + 1) / 2) * length;
          int last = c == e ? j : width - 1;
          for (int i = 0; i <= last; i++) {
            int at = i <= j ? i + triangle(j) : j + triangle(i);
            packed[column + c * width + i] = blocks[block + at];
          }
        }
      }
    }
  }

  private static int triangle(int size) {
    return Math.toIntExact(size * (size + 1L) / 2);
  }

  private void factorise() {
    for (int j = 0; j < size; j++) {
      double diagonal = factor[triangle(j) + j];
      dropped[j] |= !(diagonal > 0 && diagonal < Double.POSITIVE_INFINITY);
      scale[j] = dropped[j] ? 0 : 1 / Math.sqrt(diagonal);
    }
    for (int j = 0; j < size; j++) {
      int column = triangle(j);
      for (int i = 0; i <= j; i++) {
        factor[column + i] *= scale[i] * scale[j];
      }
      if (!dropped[j]) {
        eliminate(j, column);
      }
    }
  }

  private void eliminate(int j, int column) {
    for (int i = 0; i < j; i++) {
      if (dropped[i]) {
        factor[column + i] = 0;
        continue;
      }
      int other = triangle(i);
      factor[column + i] = (factor[column + i] - dot(factor, other, column, i)) / factor[other + i];
    }
    double pivot = factor[column + j] - dot(factor, column, column, j);
    if (pivot > DEPENDENT) {
      factor[column + j] = Math.sqrt(pivot);
    } else {
      dropped[j] = true;
    }
  }

  private static double dot(double[] a, int from, int other, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      s0 += a[from + i] * a[other + i];
      s1 += a[from + i + 1] * a[other + i + 1];
      s2 += a[from + i + 2] * a[other + i + 2];
      s3 += a[from + i + 3] * a[other + i + 3];
    }
    for (; i < length; i++) {
      s0 += a[from + i] * a[other + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The solution for a right-hand side, a new array; 0 where a column was dropped. */
  double[] solve(double[] rightHandSide) {
    double[] x = new double[size];
    for (int j = 0; j < size; j++) {
      if (!dropped[j]) {
        int column = triangle(j);
        double sum = 0;
        for (int i = 0; i < j; i++) {
          sum += factor[column + i] * x[i];
        }
        x[j] = (rightHandSide[j] * scale[j] - sum) / factor[column + j];
      }
    }
    for (int j = size - 1; j >= 0; j--) {
      if (!dropped[j]) {
        int column = triangle(j);
        x[j] /= factor[column + j];
        for (int i = 0; i < j; i++) {
          x[i] -= factor[column + i] * x[j];
        }
      } else {
        x[j] = 0;
      }
    }
    for (int j = 0; j < size; j++) {
      x[j] *= scale[j];
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
