// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Optional;

/**
 * The moment-matched equations of more than two classes: with scores z ~ N(a_k, V_k) in class k,
 * V_k = W S_k W', Stein's identity gives the gradient by the slopes of class c as
 *
 * <pre>
 * sum_k pi_k (m_k (E p_c - [k = c]) + S_k W' E (diag(p) - p p')_c) + lambda W_c / N
 * </pre>
 *
 * The expectations are over K scores and not over d features, see {@link SoftmaxExpectation}; what
 * the rule errs by at linear discriminant analysis, where the exact value is known to be 0 for
 * equal covariances, is taken off everywhere. So equal covariances give linear discriminant
 * analysis to rounding, and unequal ones gain accuracy.
 *
 * <p>Solved by a quasi-Newton iteration in the sum-to-zero gauge whose preconditioner is the
 * Kronecker product of the mean curvature by scores and the pooled covariance; its steps are chosen
 * by slopes alone. A step costs K<sup>2</sup> d<sup>2</sup> + 2 K<sup>3</sup> nodes flops.
 */
final class SoftmaxMoments implements QuasiNewton.Problem {
  private static final int MOST_STEPS = 300;
  private static final double TOLERANCE = 1e-7;
  // Keeps the pooled covariance of collinear or separating columns definite, in standard units.
  private static final double LEAST_VARIANCE = 1e-9;
  // Of a class so far off that no row is in doubt.
  private static final double LEAST_CURVATURE = 1e-9;

  private final ClassGaussians classes;
  private final int scores;
  private final int width;
  private final double lambda;
  private final SoftmaxExpectation expectation;
  private final PackedSymmetric regularised;
  private final Cholesky pooled;
  private final double[] offset;
  private final double[] curvatures;
  private final NewtonSystem[] systems;
  private final double[][] pulled;
  private final double[] covariance;
  private final double[] means;
  private final double[] slopes;
  private final double[] start;

  SoftmaxMoments(ClassGaussians classes, double lambda) {
    this(classes, lambda, SoftmaxExpectation.FINE);
  }

  SoftmaxMoments(ClassGaussians classes, double lambda, int nodes) {
    this.classes = classes;
    this.lambda = lambda / classes.weight;
    scores = classes.classes;
    width = classes.features + 1;
    expectation = new SoftmaxExpectation(scores, nodes);
    pulled = new double[scores][classes.features];
    covariance = new double[scores * scores];
    means = new double[scores];
    slopes = new double[classes.features];
    curvatures = new double[scores * scores];
    systems = new NewtonSystem[scores];
    regularised = classes.pooled.copy();
    pooled = positive(regularised, LEAST_VARIANCE + this.lambda);
    start = discriminant();
    PackedSymmetric[] equal = new PackedSymmetric[scores];
    java.util.Arrays.fill(equal, regularised);
    offset = new double[scores * width];
    evaluate(start, equal, offset);
  }

  /** Adds to the diagonal what is asked, and more until the matrix is definite. */
  private static Cholesky positive(PackedSymmetric covariance, double least) {
    covariance.addToDiagonalInPlace(least);
    Optional<Cholesky> factor = Cholesky.of(covariance);
    for (double more = least; factor.isEmpty() && more < 1; more *= 10) {
      covariance.addToDiagonalInPlace(more);
      factor = Cholesky.of(covariance);
    }
    return factor.orElseThrow(
        () -> new IllegalArgumentException("the covariances are not finite, or far from positive"));
  }

  /** Linear discriminant analysis with the regularised pooled covariance, sum-to-zero. */
  private double[] discriminant() {
    double[] theta = new double[scores * width];
    for (int k = 0; k < scores; k++) {
      if (!(classes.shares[k] > 0)) {
        theta[k * width] = Design.ABSENT;
        continue;
      }
      double[] w = pooled.solve(classes.means[k]);
      double square = 0;
      for (int j = 0; j < w.length; j++) {
        square += w[j] * classes.means[k][j];
        theta[k * width + 1 + j] = w[j];
      }
      theta[k * width] = Math.log(classes.shares[k]) - square / 2;
    }
    return theta;
  }

  /** Factorises, for each class, the Hessian by its own parameters as curvatures are now. */
  @Override
  public void refresh() {
    for (int c = 0; c < scores; c++) {
      double[] block = new double[PackedSymmetric.length(width)];
      for (int k = 0; k < scores; k++) {
        double factor = classes.shares[k] * curvatures[k * scores + c];
        addSecondMoment(factor, classes.means[k], classes.covariances[k].packed(), block);
      }
      for (int j = 1; j < width; j++) {
        block[PackedSymmetric.index(j, j)] += lambda + LEAST_CURVATURE;
      }
      block[0] += LEAST_CURVATURE;
      systems[c] = NewtonSystem.ofBlocks(block, 1, width, new boolean[width]);
    }
  }

  /** Adds factor E (1, x)(1, x)'. */
  private static void addSecondMoment(double factor, double[] m, double[] s, double[] block) {
    block[0] += factor;
    int at = 0;
    for (int j = 0; j < m.length; j++) {
      int to = PackedSymmetric.index(0, 1 + j);
      block[to] += factor * m[j];
      for (int i = 0; i <= j; i++) {
        block[to + 1 + i] += factor * (s[at++] + m[i] * m[j]);
      }
    }
  }

  /** Makes the preconditioner for K - 1 rows of parameters against class 0. */
  void prepare(double[] reference) {
    double[] theta = new double[scores * width];
    System.arraycopy(reference, 0, theta, width, reference.length);
    evaluate(theta, classes.covariances, new double[theta.length]);
    refresh();
  }

  MomentMatchedFit solve() {
    return solve(TOLERANCE, MOST_STEPS);
  }

  /** Solves until about so much of the mean loss is left to gain. */
  MomentMatchedFit solve(double tolerance, int mostSteps) {
    double[] theta = start.clone();
    QuasiNewton.Outcome outcome = QuasiNewton.solve(this, theta, mostSteps, tolerance);
    double[] reference = new double[(scores - 1) * width];
    for (int c = 1; c < scores; c++) {
      for (int j = 0; j < width; j++) {
        reference[(c - 1) * width + j] = theta[c * width + j] - theta[j];
      }
    }
    return new MomentMatchedFit(
        classes.toRaw(reference), classes.design(), outcome.steps(), outcome.converged());
  }

  @Override
  public void gradient(double[] theta, double[] out) {
    evaluate(theta, classes.covariances, out);
    for (int c = 0; c < scores; c++) {
      boolean present = classes.shares[c] > 0;
      for (int j = 0; j < width; j++) {
        int at = c * width + j;
        out[at] = present ? out[at] - offset[at] : 0;
        if (j > 0 && present) {
          out[at] += lambda * theta[at];
        }
      }
    }
  }

  /** The gradient without penalty for these covariances. */
  private void evaluate(double[] theta, PackedSymmetric[] covariances, double[] out) {
    java.util.Arrays.fill(out, 0);
    for (int k = 0; k < scores; k++) {
      if (classes.shares[k] > 0) {
        addClass(k, theta, covariances[k], out);
      }
    }
  }

  private void addClass(int k, double[] theta, PackedSymmetric s, double[] out) {
    int d = classes.features;
    double share = classes.shares[k];
    double[] m = classes.means[k];
    for (int c = 0; c < scores; c++) {
      System.arraycopy(theta, c * width + 1, slopes, 0, d);
      s.multiply(slopes, pulled[c]);
      means[c] = theta[c * width] + dot(m, 0, slopes, d);
    }
    for (int c = 0; c < scores; c++) {
      for (int e = 0; e <= c; e++) {
        covariance[c * scores + e] = dot(theta, c * width + 1, pulled[e], d);
      }
    }
    expectation.at(means, covariance);
    for (int c = 0; c < scores; c++) {
      curvatures[k * scores + c] = expectation.curvature[c * scores + c];
    }
    for (int c = 0; c < scores; c++) {
      double residual = share * (expectation.probabilities[c] - (c == k ? 1 : 0));
      int at = c * width;
      out[at] += residual;
      for (int j = 0; j < d; j++) {
        out[at + 1 + j] += residual * m[j];
      }
      for (int e = 0; e < scores; e++) {
        double factor = share * expectation.curvature[c * scores + e];
        double[] u = pulled[e];
        for (int j = 0; j < d; j++) {
          out[at + 1 + j] += factor * u[j];
        }
      }
    }
  }

  @Override
  public void precondition(double[] g) {
    for (int c = 0; c < scores; c++) {
      double[] row = java.util.Arrays.copyOfRange(g, c * width, (c + 1) * width);
      System.arraycopy(systems[c].solve(row), 0, g, c * width, width);
    }
  }

  private static double dot(double[] a, int from, double[] b, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[from + i] * b[i];
    }
    return sum;
  }
}
