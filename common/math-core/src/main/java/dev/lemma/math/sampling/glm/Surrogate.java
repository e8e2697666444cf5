// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.MultivariateStudent;
import dev.lemma.math.sampling.Target;
import java.util.Arrays;

/**
 * A posterior as its mode tells it: the second-order expansion with heavier tails, that is the
 * density of a {@link MultivariateStudent} law, and up to {@value #MOST_CUBIC} parameters the third
 * order. What delayed acceptance walks on between two looks at the rows.
 *
 * <p>With H = U'U the curvature at the mode m and u = U (x - m):
 *
 * <pre>
 * ln t_nu(x; m, H^-1) + B tanh(T[u, u, u] / (6 B)),   B = 3
 * T[., ., a] = -(H(m + U^-1 e_a) - H(m - U^-1 e_a)) / 2   in the coordinates u
 * </pre>
 *
 * <p>A cubic grows faster than the logarithm of any density falls; bounded, it changes that of the
 * law by a factor of e<sup>B</sup> at most, so that the result has the law's tails. An evaluation
 * takes O(d<sup>2</sup>) steps without and d<sup>3</sup> / 6 with the cubic. Immutable and
 * thread-safe.
 */
public final class Surrogate implements Target {
  /** Most parameters with a cubic: d<sup>3</sup> / 6 numbers. */
  public static final int MOST_CUBIC = 30;

  private static final double BOUND = 3;

  private final MultivariateStudent law;
  private final double[] mode;

  /** U by rows, d x d; empty without a cubic. */
  private final double[] root;

  /** Coefficients of u_a u_b u_c, a &le; b &le; c, in this order. */
  private final double[] third;

  private Surrogate(MultivariateStudent law, double[] mode, double[] root, double[] third) {
    this.law = law;
    this.mode = mode;
    this.root = root;
    this.third = third;
  }

  /**
   * The expansion to second order.
   *
   * @param mode d numbers; copied
   * @param curvature minus the Hessian there, d x d, positive definite
   * @param degrees nu, positive
   */
  public static Surrogate quadratic(double[] mode, PackedSymmetric curvature, int degrees) {
    return new Surrogate(
        MultivariateStudent.ofPrecision(degrees, mode, curvature),
        mode.clone(),
        new double[0],
        new double[0]);
  }

  /**
   * The expansion to third order, by 2 d passes over the rows; to second order, without a pass,
   * above {@value #MOST_CUBIC} parameters or where a curvature nearby is not finite.
   *
   * @param target what is expanded
   * @param mode d numbers; copied
   * @param curvature minus the Hessian there, d x d, positive definite
   * @param degrees nu, positive
   */
  public static Surrogate of(
      CurvedTarget target, double[] mode, PackedSymmetric curvature, int degrees) {
    Surrogate plain = quadratic(mode, curvature, degrees);
    int d = mode.length;
    if (d > MOST_CUBIC) {
      return plain;
    }
    Cholesky factor = Cholesky.of(curvature).orElseThrow();
    double[] root = new double[d * d];
    double[][] axes = new double[d][d];
    for (int a = 0; a < d; a++) {
      axes[a][a] = 1;
      double[] row = axes[a].clone();
      factor.colourInPlace(row);
      System.arraycopy(row, 0, root, a * d, d);
      factor.solveUpperInPlace(axes[a]);
    }
    double[] third = third(target, mode, axes);
    return Arrays.stream(third).allMatch(Double::isFinite)
        ? new Surrogate(plain.law, plain.mode, root, third)
        : plain;
  }

  private static double[] third(CurvedTarget target, double[] mode, double[][] axes) {
    int d = mode.length;
    double[] third = new double[d * (d + 1) * (d + 2) / 6];
    double[] image = new double[d];
    for (int c = 0; c < d; c++) {
      PackedSymmetric change = target.expand(moved(mode, axes[c], -1)).curvature().copy();
      change.addScaledInPlace(-1, target.expand(moved(mode, axes[c], 1)).curvature());
      for (int a = 0; a < d; a++) {
        change.multiply(axes[a], image);
        for (int b = 0; b < d; b++) {
          double derivative = 0;
          for (int j = 0; j < d; j++) {
            derivative += axes[b][j] * image[j];
          }
          third[index(d, a, b, c)] += derivative / (2 * 6);
        }
      }
    }
    return third;
  }

  private static double[] moved(double[] mode, double[] axis, int steps) {
    double[] point = mode.clone();
    for (int j = 0; j < point.length; j++) {
      point[j] += steps * axis[j];
    }
    return point;
  }

  /** Place of a product of three coordinates, in whatever order they are given. */
  private static int index(int d, int a, int b, int c) {
    int least = Math.min(a, Math.min(b, c));
    int most = Math.max(a, Math.max(b, c));
    int middle = a + b + c - least - most;
    int at = 0;
    for (int i = 0; i < least; i++) {
      at += (d - i) * (d - i + 1) / 2;
    }
    for (int i = least; i < middle; i++) {
      at += d - i;
    }
    return at + most - middle;
  }

  @Override
  public int dimension() {
    return mode.length;
  }

  /** Whether there is a cubic. */
  public boolean isCubic() {
    return third.length > 0;
  }

  @Override
  public double logDensity(double[] x) {
    double density = law.logDensity(x, 0);
    return isCubic() ? density + BOUND * StrictMath.tanh(cubic(x) / BOUND) : density;
  }

  private double cubic(double[] x) {
    int d = mode.length;
    double[] u = new double[d];
    for (int a = 0; a < d; a++) {
      double sum = 0;
      for (int j = a; j < d; j++) {
        sum += root[a * d + j] * (x[j] - mode[j]);
      }
      u[a] = sum;
    }
    double cubic = 0;
    int at = 0;
    for (int a = 0; a < d; a++) {
      double square = 0;
      for (int b = a; b < d; b++) {
        double line = 0;
        for (int c = b; c < d; c++) {
          line += third[at++] * u[c];
        }
        square += line * u[b];
      }
      cubic += square * u[a];
    }
    return cubic;
  }
}
