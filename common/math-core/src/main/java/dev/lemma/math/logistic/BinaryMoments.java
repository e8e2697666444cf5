// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Arrays;

/** The expected logistic loss of two Gaussian classes, in standard units, and a Newton step. */
final class BinaryMoments {
  private static final double SUFFICIENT = 1e-4;
  private static final int MOST_HALVINGS = 40;
  private static final double ROUNDING = 1e-15;

  private final ClassGaussians classes;
  private final double lambda;
  private final int width;
  private final GaussianExpectation expectation = new GaussianExpectation();
  private final double[] gradient;
  private final double[] hessian;
  private final double[][] u;

  BinaryMoments(ClassGaussians classes, double lambda) {
    this.classes = classes;
    this.lambda = lambda;
    width = classes.features + 1;
    gradient = new double[width];
    hessian = new double[PackedSymmetric.length(width)];
    u = new double[2][classes.features];
  }

  /**
   * Moves theta by a damped Newton step.
   *
   * @return half the squared Newton decrement before it: what the full step promised; 0 when no
   *     step lowers the loss any more
   */
  double step(double[] theta) {
    double before = derivatives(theta);
    double[] direction =
        NewtonSystem.ofBlocks(hessian, 1, width, new boolean[width]).solve(gradient);
    double promised = 0;
    for (int i = 0; i < width; i++) {
      promised += gradient[i] * direction[i] / 2;
      direction[i] = -direction[i];
    }
    double step = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      double after = loss(theta, direction, step);
      double noise = ROUNDING * Math.abs(before);
      if (after <= before - 2 * SUFFICIENT * step * promised + noise) {
        for (int i = 0; i < width; i++) {
          theta[i] += step * direction[i];
        }
        return promised;
      }
      step /= 2;
    }
    return 0;
  }

  /** The Hessian at theta. */
  NewtonSystem system(double[] theta) {
    derivatives(theta);
    return NewtonSystem.ofBlocks(hessian, 1, width, new boolean[width]);
  }

  private double derivatives(double[] theta) {
    Arrays.fill(gradient, 0);
    Arrays.fill(hessian, 0);
    double[] w = Arrays.copyOfRange(theta, 1, width);
    double total = 0;
    for (int k = 0; k < 2; k++) {
      total += addClass(k, theta[0], w);
    }
    for (int j = 0; j < w.length; j++) {
      gradient[1 + j] += lambda * w[j];
      hessian[PackedSymmetric.index(1 + j, 1 + j)] += lambda;
      total += lambda * w[j] * w[j] / 2;
    }
    return total;
  }

  private double addClass(int k, double intercept, double[] w) {
    double share = classes.shares[k];
    if (!(share > 0)) {
      return 0;
    }
    double[] m = classes.means[k];
    classes.covariances[k].multiply(w, u[k]);
    double a = intercept + dot(m, w);
    expectation.at(a, dot(w, u[k]));
    double e1 = share * expectation.first;
    double e2 = share * expectation.second;
    double e3 = share * expectation.third;
    double r = share * (expectation.probability - k);
    gradient[0] += r;
    hessian[0] += e1;
    double[] s = classes.covariances[k].packed();
    int at = 0;
    for (int j = 0; j < w.length; j++) {
      double mj = m[j];
      double uj = u[k][j];
      gradient[1 + j] += r * mj + e1 * uj;
      int to = PackedSymmetric.index(0, 1 + j);
      hessian[to] += e1 * mj + e2 * uj;
      double byMean = e1 * mj + e2 * uj;
      double byPull = e2 * mj + e3 * uj;
      for (int i = 0; i <= j; i++) {
        hessian[to + 1 + i] += e1 * s[at + i] + byMean * m[i] + byPull * u[k][i];
      }
      at += j + 1;
    }
    return share * (expectation.loss - k * a);
  }

  /** Loss at theta + step direction. */
  private double loss(double[] theta, double[] direction, double step) {
    double[] w = new double[width - 1];
    double penalty = 0;
    for (int j = 0; j < w.length; j++) {
      w[j] = theta[1 + j] + step * direction[1 + j];
      penalty += w[j] * w[j];
    }
    double intercept = theta[0] + step * direction[0];
    double total = lambda * penalty / 2;
    for (int k = 0; k < 2; k++) {
      if (classes.shares[k] > 0) {
        double a = intercept + dot(classes.means[k], w);
        expectation.at(a, classes.covariances[k].quadratic(w));
        total += classes.shares[k] * (expectation.loss - k * a);
      }
    }
    return total;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
