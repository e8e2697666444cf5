// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The Wishart law of symmetric positive definite d x d matrices: the sum of nu outer products g g'
 * with g ~ N(0, V) for whole nu, of mean nu V. By Bartlett's decomposition: W = L A A' L', V = L
 * L', A lower triangular with chi variates of nu, nu - 1, ... degrees of freedom on its diagonal
 * and Gaussians below it. d<sup>3</sup> / 2 steps. Immutable and thread-safe.
 *
 * <p>Source: M. S. Bartlett, <em>On the theory of statistical regression</em>, 1934, <a
 * href="https://doi.org/10.1017/S0370164600016679">doi:10.1017/S0370164600016679</a>.
 */
public final class Wishart {
  private final double degrees;
  private final Cholesky factor;

  private Wishart(double degrees, Cholesky factor) {
    this.degrees = degrees;
    this.factor = factor;
  }

  /**
   * The law W(nu, V).
   *
   * @param degrees nu, above d - 1
   * @param scale V, d x d, positive definite
   * @throws IllegalArgumentException if V is not positive definite or nu too small
   */
  public static Wishart of(double degrees, PackedSymmetric scale) {
    if (!(degrees > scale.order() - 1 && degrees < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "degrees of freedom of a Wishart law: expected a finite number above "
              + (scale.order() - 1)
              + ", found "
              + degrees);
    }
    return new Wishart(degrees, Scale.factor("scale of a Wishart law", scale));
  }

  /** d. */
  public int dimension() {
    return factor.dimension();
  }

  /** Draws a matrix. */
  public PackedSymmetric draw(UniformRandomProvider source) {
    int d = factor.dimension();
    PackedSymmetric sum = PackedSymmetric.zero(d);
    double[] column = new double[d];
    for (int j = 0; j < d; j++) {
      // Column j of L A: A's begins with j zeros.
      Arrays.fill(column, 0, j, 0);
      column[j] = StrictMath.sqrt(Gamma.drawChiSquare(source, degrees - j));
      Variates.gaussians(source, column, j + 1, d - j - 1);
      factor.colourInPlace(column);
      sum.addRankOneInPlace(1, column);
    }
    return sum;
  }
}
