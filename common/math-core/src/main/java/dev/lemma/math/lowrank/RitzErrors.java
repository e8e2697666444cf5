// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.SmallSvd;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far the Ritz triplets of a step are from singular ones. With Y = A W = Q R and R = P
 * diag(theta) S', the triplets are (theta, u = Q P e, v = W S e): A v = theta u holds, and A'u -
 * theta v is what is missing. A singular value of A lies within its length of theta.
 *
 * @param residuals lengths, NaN where the step tells none
 * @param upper theta and the length together, NaN likewise
 */
record RitzErrors(double[] residuals, double[] upper) {

  /**
   * @param factor of Y
   * @param projected A'Q by columns
   * @param basis W, each row times the factor of its column of A
   * @param rank how many triplets to look at
   */
  static RitzErrors of(
      GramFactor factor, double[][] projected, Basis basis, ColumnMoments moments, int rank) {
    double[] residuals = new double[rank];
    double[] upper = new double[rank];
    Arrays.fill(residuals, Double.NaN);
    Arrays.fill(upper, Double.NaN);
    int q = factor.triangle().length;
    if (q == 0 || projected.length < q || !(basis instanceof GivenBasis given)) {
      return new RitzErrors(residuals, upper);
    }
    double[][] triangle = new double[q][];
    for (int j = 0; j < q; j++) {
      triangle[j] = Arrays.copyOf(factor.triangle()[j], q);
    }
    Optional<SmallSvd> ritz = SmallSvd.of(triangle);
    for (int r = 0; r < Math.min(rank, q) && ritz.isPresent(); r++) {
      double theta = ritz.get().value(r);
      double[] rest = TallColumns.combine(projected, ritz.get().left(r));
      double[] right = ritz.get().right(r);
      for (int j = 0; j < rest.length; j++) {
        double factorOf = moments.isNone() ? 1 : moments.factors()[j];
        if (factorOf != 0) {
          double v = 0;
          for (int c = 0; c < q; c++) {
            v += given.rows()[j][factor.kept()[c]] * right[c];
          }
          rest[j] -= theta * v / factorOf;
        }
      }
      residuals[r] = TallColumns.norm(rest);
      upper[r] = theta + residuals[r];
    }
    return new RitzErrors(residuals, upper);
  }
}
