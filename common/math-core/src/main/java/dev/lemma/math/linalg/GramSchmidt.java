// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.util.Arrays;

/**
 * Orthonormalisation of vectors by the Gram-Schmidt process, done twice: orthonormal to a small
 * multiple of the rounding unit unless the vectors are numerically dependent, with every diagonal
 * element of the triangular factor positive, and in one fixed order of additions.
 *
 * <p>Sources: L. Giraud, J. Langou, M. Rozloznik and J. van den Eshof, <em>Rounding error analysis
 * of the classical Gram-Schmidt orthogonalization process</em>, 2005, <a
 * href="https://doi.org/10.1007/s00211-005-0615-4">doi:10.1007/s00211-005-0615-4</a>.
 */
public final class GramSchmidt {
  // Below this share of its length a vector's remainder is rounding noise even after two passes.
  private static final double DEPENDENT = 1e-10;

  // What is left of a vector at this share of its length has no digit of its own.
  private static final double INDEPENDENT = 1e-15;

  private GramSchmidt() {}

  /**
   * Replaces vectors 0, 1, ... by the orthonormal vectors that span the same growing subspaces: the
   * Q' of the QR factorisation of the d x k matrix whose columns they are, with a positive diagonal
   * of R.
   *
   * <p>4 d k<sup>2</sup> floating-point operations, no memory beyond the vectors.
   *
   * @param vectors k vectors of d entries each, k at most d; overwritten
   * @return false if a vector depends numerically on those before it or is not finite; the vectors
   *     are then of no use
   */
  public static boolean orthonormalizeInPlace(double[][] vectors) {
    for (int j = 0; j < vectors.length; j++) {
      double[] v = vectors[j];
      double before = norm(v);
      subtractProjections(vectors, j, v);
      subtractProjections(vectors, j, v);
      double after = norm(v);
      // The negation also catches NaN.
      if (!(after > DEPENDENT * before && after < Double.POSITIVE_INFINITY)) {
        return false;
      }
      for (int i = 0; i < v.length; i++) {
        v[i] /= after;
      }
    }
    return true;
  }

  /**
   * An orthonormal basis of what the vectors span, made in their order; a vector that depends
   * numerically on those before it adds nothing.
   *
   * <p>4 d k<sup>2</sup> floating-point operations.
   *
   * @param vectors k vectors of d finite entries each; overwritten and in part returned
   * @return at most k vectors
   */
  public static double[][] basisInPlace(double[][] vectors) {
    double[][] basis = new double[vectors.length][];
    int size = 0;
    for (double[] v : vectors) {
      double before = norm(v);
      subtractProjections(basis, size, v);
      double between = norm(v);
      if (!(between > INDEPENDENT * before)) {
        continue;
      }
      scale(v, between);
      subtractProjections(basis, size, v);
      double after = norm(v);
      // A second time what was left was mostly rounding noise of the first.
      if (!(after > 0.5)) {
        subtractProjections(basis, size, v);
        after = norm(v);
      }
      if (after > INDEPENDENT) {
        scale(v, after);
        basis[size++] = v;
      }
    }
    return Arrays.copyOf(basis, size);
  }

  private static void scale(double[] v, double length) {
    for (int i = 0; i < v.length; i++) {
      v[i] /= length;
    }
  }

  // Four at a time: the four sums run side by side, and v is read a quarter as often.
  private static void subtractProjections(double[][] q, int count, double[] v) {
    int j = 0;
    for (; j + 4 <= count; j += 4) {
      subtractFour(q[j], q[j + 1], q[j + 2], q[j + 3], v);
    }
    for (; j < count; j++) {
      subtractOne(q[j], v);
    }
  }

  private static void subtractFour(double[] q0, double[] q1, double[] q2, double[] q3, double[] v) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int i = 0; i < v.length; i++) {
      double x = v[i];
      s0 += q0[i] * x;
      s1 += q1[i] * x;
      s2 += q2[i] * x;
      s3 += q3[i] * x;
    }
    for (int i = 0; i < v.length; i++) {
      v[i] -= (q0[i] * s0 + q1[i] * s1) + (q2[i] * s2 + q3[i] * s3);
    }
  }

  private static void subtractOne(double[] q, double[] v) {
    double s = 0;
    for (int i = 0; i < v.length; i++) {
      s += q[i] * v[i];
    }
    for (int i = 0; i < v.length; i++) {
      v[i] -= q[i] * s;
    }
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }
}
