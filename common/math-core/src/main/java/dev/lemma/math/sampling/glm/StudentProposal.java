// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.probability.LogGamma;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.Variates;
import dev.lemma.math.random.VectorLaw;

/**
 * The multivariate t distribution around a mode, with the inverse of a curvature as its scale: what
 * a posterior looks like to second order, with heavier tails.
 *
 * <pre>
 * x = mode + U^-1 g sqrt(nu / s),   g ~ N(0, I),  s ~ chi^2_nu,  curvature = U'U
 * </pre>
 *
 * <p>nu is even, so that s is -2 ln of a product of nu / 2 uniforms: a draw takes a fixed number of
 * words and is the same on every machine. Immutable and thread-safe.
 *
 * <p>Source: S. Kotz and S. Nadarajah, <em>Multivariate t Distributions and Their
 * Applications</em>, 2004, <a
 * href="https://doi.org/10.1017/CBO9780511550683">doi:10.1017/CBO9780511550683</a>.
 */
public final class StudentProposal implements VectorLaw {
  private final double[] mode;
  private final PackedSymmetric curvature;
  private final Cholesky factor;
  private final int degrees;
  private final double logConstant;

  /**
   * @param mode d numbers; copied
   * @param curvature d x d, positive definite; copied
   * @param degrees nu, even and at least 2
   */
  public StudentProposal(double[] mode, PackedSymmetric curvature, int degrees) {
    if (mode.length != curvature.order()) {
      throw new IllegalArgumentException(
          "a curvature of order " + curvature.order() + " for " + mode.length + " parameters");
    }
    if (degrees < 2 || degrees % 2 != 0) {
      throw new IllegalArgumentException(
          "degrees of freedom must be even and at least 2, found " + degrees);
    }
    this.mode = mode.clone();
    this.curvature = curvature.copy();
    this.factor =
        Cholesky.of(curvature)
            .orElseThrow(
                () -> new IllegalArgumentException("the curvature must be positive definite"));
    this.degrees = degrees;
    int d = mode.length;
    this.logConstant =
        LogGamma.of((degrees + d) / 2.0)
            - LogGamma.of(degrees / 2.0)
            - d / 2.0 * StrictMath.log(degrees * Math.PI)
            + factor.logDeterminant() / 2;
  }

  @Override
  public int dimension() {
    return mode.length;
  }

  @Override
  public void draw(KeyedSource source, double[] out, int at) {
    int d = mode.length;
    double logs = 0;
    for (int i = 0; i < degrees / 2; i++) {
      logs += StrictMath.log(Variates.uniform(source.nextLong()));
    }
    double stretch = StrictMath.sqrt(degrees / (-2 * logs));
    double[] step = new double[d];
    double[] pair = new double[2];
    for (int j = 0; j < d; j += 2) {
      Variates.gaussianPair(source.nextLong(), source.nextLong(), pair, 0);
      step[j] = stretch * pair[0];
      if (j + 1 < d) {
        step[j + 1] = stretch * pair[1];
      }
    }
    factor.solveUpperInPlace(step);
    for (int j = 0; j < d; j++) {
      out[at + j] = mode[j] + step[j];
    }
  }

  @Override
  public double logDensity(double[] x, int at) {
    int d = mode.length;
    double[] gap = new double[d];
    for (int j = 0; j < d; j++) {
      gap[j] = x[at + j] - mode[j];
    }
    double square = curvature.quadratic(gap);
    return logConstant - (degrees + d) / 2.0 * StrictMath.log1p(square / degrees);
  }
}
