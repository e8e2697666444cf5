// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** Small matrices by their rows. */
final class SmallRows {
  private SmallRows() {}

  static double[][] product(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int p = 0; p < right.length; p++) {
        RowSweeps.addOne(product[i], left[i][p], right[p]);
      }
    }
    return product;
  }

  /** The first vectors as columns of a matrix. */
  static double[][] transposed(double[][] vectors, int count) {
    double[][] rows = new double[vectors[0].length][count];
    for (int c = 0; c < count; c++) {
      for (int i = 0; i < rows.length; i++) {
        rows[i][c] = vectors[c][i];
      }
    }
    return rows;
  }

  /** The first columns of the identity. */
  static double[][] leading(int order, int count) {
    double[][] rows = new double[order][count];
    for (int c = 0; c < count; c++) {
      rows[c][c] = 1;
    }
    return rows;
  }

  /** What takes the part in the span of orthonormal columns out of others that lie behind them. */
  static double[][] deflation(double[][] part) {
    int count = part[0].length;
    double[][] weights = new double[part.length + count][count];
    for (int i = 0; i < part.length; i++) {
      for (int c = 0; c < count; c++) {
        weights[i][c] = -part[i][c];
      }
    }
    for (int c = 0; c < count; c++) {
      weights[part.length + c][c] = 1;
    }
    return weights;
  }
}
