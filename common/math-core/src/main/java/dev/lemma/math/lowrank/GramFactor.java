// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Optional;

/**
 * What makes the columns of Y orthonormal, from their Gram matrix alone: Y T has orthonormal
 * columns.
 *
 * @param transform T, l rows of r numbers
 * @param triangle columns of R with Y_kept = (Y T) R, upper triangular; none from eigenvectors
 * @param kept the columns of Y that R speaks of
 */
record GramFactor(double[][] transform, double[][] triangle, int[] kept) {
  private static final double UNIT = 0x1p-52;

  /** Length of a column beside the longest at which it holds no digit. */
  private static final double NOISE = 4 * UNIT;

  private static final int[] NONE = {};

  /** Number of columns of Y T. */
  int rank() {
    return transform.length == 0 ? 0 : transform[0].length;
  }

  /**
   * By Cholesky's triangle, for columns in descending order of importance that are orthogonal up to
   * their lengths and a moderate condition: it loses no digit to their different lengths, and no
   * column takes up noise of a later one. A column that the earlier ones explain up to a share is
   * dropped, and so is one that is rounding noise beside the longest.
   *
   * @param drop the share of its squared length that a column must keep, in (0, 1)
   */
  static GramFactor graded(PackedSymmetric gram, double drop) {
    int l = gram.order();
    double[][] r = new double[l][];
    int[] kept = new int[l];
    int rank = 0;
    double noise = 0;
    for (int j = 0; j < l; j++) {
      noise = Math.max(noise, NOISE * NOISE * gram.get(j, j));
    }
    for (int j = 0; j < l; j++) {
      double[] column = new double[rank + 1];
      double rest = gram.get(j, j);
      for (int i = 0; i < rank; i++) {
        double sum = gram.get(kept[i], j);
        for (int p = 0; p < i; p++) {
          sum -= r[i][p] * column[p];
        }
        column[i] = sum / r[i][i];
        rest -= column[i] * column[i];
      }
      // The negation also catches NaN.
      if (!(rest > drop * gram.get(j, j) && rest > noise)) {
        continue;
      }
      column[rank] = Math.sqrt(rest);
      r[rank] = column;
      kept[rank++] = j;
    }
    return new GramFactor(
        inverse(r, kept, rank, l), Arrays.copyOf(r, rank), Arrays.copyOf(kept, rank));
  }

  /** The inverse of R by columns, its rows put where the columns of Y are. */
  private static double[][] inverse(double[][] r, int[] kept, int rank, int l) {
    double[][] t = new double[l][rank];
    for (int c = 0; c < rank; c++) {
      t[kept[c]][c] = 1 / r[c][c];
      for (int i = c - 1; i >= 0; i--) {
        double sum = 0;
        for (int p = i + 1; p <= c; p++) {
          sum += r[p][i] * t[kept[p]][c];
        }
        t[kept[i]][c] = -sum / r[i][i];
      }
    }
    return t;
  }

  /** What becomes of eigenvalues that are rounding noise. */
  enum Noise {
    /** Their directions are left out. */
    CUT,
    /** Their directions are kept, not quite of length 1, for a second factor to finish. */
    LIFT
  }

  /**
   * By eigenvectors, for columns of no order: of all combinations of them it keeps those that stand
   * out of the rounding noise of the squares.
   *
   * @return empty if the eigenvalues were not found
   */
  static Optional<GramFactor> eigen(PackedSymmetric gram, Noise noise) {
    return SymmetricEigen.of(gram).map(eigen -> of(eigen, noise));
  }

  private static GramFactor of(SymmetricEigen eigen, Noise noise) {
    int l = eigen.dimension();
    double floor = 8 * l * UNIT * Math.max(0, eigen.value(0));
    int rank = l;
    while (noise == Noise.CUT && rank > 0 && eigen.value(rank - 1) <= floor) {
      rank--;
    }
    double[][] t = new double[l][floor > 0 ? rank : 0];
    for (int c = 0; c < (floor > 0 ? rank : 0); c++) {
      double[] vector = eigen.vector(c);
      double length = Math.sqrt(Math.max(floor, eigen.value(c)));
      for (int i = 0; i < l; i++) {
        t[i][c] = vector[i] / length;
      }
    }
    return new GramFactor(t, new double[0][], NONE);
  }
}
