// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;

/** What laws with a location and a scale matrix share. */
final class Scale {
  private Scale() {}

  static Cholesky factor(String what, double[] location, PackedSymmetric matrix) {
    if (matrix.order() != location.length) {
      throw new IllegalArgumentException(
          what + ": expected order " + location.length + ", found " + matrix.order());
    }
    return factor(what, matrix);
  }

  static Cholesky factor(String what, PackedSymmetric matrix) {
    return Cholesky.of(matrix)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what
                        + ": expected a positive definite matrix of order "
                        + matrix.order()
                        + ", found one that is not"));
  }

  /** (x - location)' A^-1 (x - location). */
  static double squaredDistance(Cholesky factor, double[] location, double[] x, int at) {
    double[] deviation = new double[location.length];
    for (int j = 0; j < deviation.length; j++) {
      deviation[j] = x[at + j] - location[j];
    }
    factor.halfSolveInPlace(deviation);
    double sum = 0;
    for (double value : deviation) {
      sum += value * value;
    }
    return sum;
  }
}
