// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.SmallSvd;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far singular values can lie above what a step found.
 *
 * <p>With Y = A W = Q R and R = P diag(theta) S', the Ritz triplets are (theta, u = Q P e, v = W S
 * e): A v = theta u holds, and A'u - theta v is what is missing. In a basis of the v and whatever
 * completes it, A'A is
 *
 * <pre>
 *   ( diag(theta^2)  K' )
 *   ( K              N  )
 * </pre>
 *
 * where column r of K is theta_r (A'u_r - theta_r v_r). Let nu be at least the largest eigenvalue
 * of N. For x above nu the eigenvalues of A'A above x are as many as the positive ones of the Schur
 * complement diag(theta^2) - x + K'(x - N)<sup>-1</sup> K (Sylvester's law of inertia), and that is
 * at most diag(theta^2) - x + K'K / (x - nu). Since K'K is at most the diagonal matrix of the sums
 * of its rows' sizes, and after scaling columns to length 1 at most diag(kappa_i |K_i|^2) with
 * kappa_i the sum of the sizes of the cosines between column i and all columns, eigenvalue r of A'A
 * is at most the r-th largest of the x_i with
 *
 * <pre>
 *   x_i = theta_i^2 + kappa_i |K_i|^2 / (x_i - nu).
 * </pre>
 *
 * The distance is of second order in the residual where theta_i^2 is above nu. Compare B. N.
 * Parlett, <em>The Symmetric Eigenvalue Problem</em>, 1998, chapters 10 and 11, <a
 * href="https://doi.org/10.1137/1.9781611971163">doi:10.1137/1.9781611971163</a>.
 *
 * @param theta Ritz values, descending
 * @param lengths |A'u - theta v| of each
 * @param kappas kappa of each, from 1 to their number
 */
record RitzErrors(double[] theta, double[] lengths, double[] kappas) {
  private static final double UNIT = 0x1p-52;

  /**
   * The errors of a step.
   *
   * @param factor of Y
   * @param projected A'Q
   * @param w W
   * @return empty where the step tells none
   */
  static Optional<RitzErrors> of(GramFactor factor, TallMatrix projected, TallMatrix w) {
    int q = factor.triangle().length;
    if (q == 0 || projected.columns() < q) {
      return Optional.empty();
    }
    double[][] triangle = new double[q][];
    for (int j = 0; j < q; j++) {
      triangle[j] = Arrays.copyOf(factor.triangle()[j], q);
    }
    return SmallSvd.of(triangle).map(ritz -> of(ritz, factor.kept(), projected, w));
  }

  private static RitzErrors of(SmallSvd ritz, int[] kept, TallMatrix projected, TallMatrix w) {
    int q = kept.length;
    double[] theta = new double[q];
    double[][] weights = new double[projected.columns() + w.columns()][q];
    for (int r = 0; r < q; r++) {
      theta[r] = ritz.value(r);
      double[] left = ritz.left(r);
      double[] right = ritz.right(r);
      for (int c = 0; c < q; c++) {
        weights[c][r] = left[c];
        weights[projected.columns() + kept[c]][r] = -theta[r] * right[c];
      }
    }
    TallMatrix missing = projected.beside(w).times(weights);
    double[][] gram = missing.inner(missing);
    double[] lengths = new double[q];
    double[] kappas = new double[q];
    for (int i = 0; i < q; i++) {
      lengths[i] = Math.sqrt(gram[i][i]);
    }
    for (int i = 0; i < q; i++) {
      for (int j = 0; j < q; j++) {
        double both = lengths[i] * lengths[j];
        kappas[i] += both > 0 ? Math.min(1, Math.abs(gram[i][j]) / both) : 0;
      }
    }
    return new RitzErrors(theta, lengths, kappas);
  }

  /** The smallest Ritz value. */
  double least() {
    return theta[theta.length - 1];
  }

  /**
   * ||A (I - WW')||_F, from the norm of A, and not less than the rounding noise of that.
   *
   * @param squaredNorm ||A||_F squared
   */
  double missed(double squaredNorm) {
    double rest = squaredNorm;
    for (double value : theta) {
      rest -= value * value;
    }
    return Math.sqrt(Math.max(rest, 0) + 16 * theta.length * UNIT * squaredNorm);
  }

  /**
   * Numbers that the largest singular values do not exceed.
   *
   * @param missed at least the spectral norm of A (I - WW')
   * @param count how many
   */
  double[] ends(double missed, int count) {
    double nu = missed * missed;
    double[] squares = new double[theta.length];
    for (int i = 0; i < squares.length; i++) {
      double middle = theta[i] * theta[i] - nu;
      double coupling = 2 * Math.sqrt(kappas[i]) * theta[i] * lengths[i];
      squares[i] = nu + (middle + Math.hypot(middle, coupling)) / 2;
    }
    Arrays.sort(squares);
    double[] ends = new double[count];
    for (int r = 0; r < count; r++) {
      // Beyond the Ritz values nothing but what was missed is left.
      double square = r < squares.length ? squares[squares.length - 1 - r] : nu;
      ends[r] = Math.sqrt(Math.max(square, nu));
    }
    return ends;
  }
}
