// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The moment-matched estimator: the logistic maximum-likelihood equations solved from the mean and
 * covariance of each class alone, as if scores were Gaussian within a class. No pass over the data.
 *
 * <p>With scores z ~ N(a_k, v_k) in class k, a_k = w'm_k + b and v_k = w'S_k w, Stein's identity
 * E[x f(z)] = m_k E f(z) + S_k w E f'(z) turns the score equations into integrals in one dimension
 * (K - 1 dimensions for K classes), and so the Hessian:
 *
 * <pre>
 * gradient   sum_k pi_k (m_k (E sigma(z) - y_k) + E sigma'(z) S_k w) + lambda w / N
 * intercept  sum_k pi_k (E sigma(z) - y_k)
 * </pre>
 *
 * <p>With equal covariances, or blend 0, and lambda 0 the solution is linear discriminant analysis;
 * with unequal ones it is the best linear logit of a quadratic discriminant model, which linear
 * discriminant analysis is not. Only the scores need be Gaussian within a class, which many
 * features of any law bring about by the central limit theorem. For few rare and sparse features
 * they are not: calibrate the scale.
 *
 * <p>Two classes: damped Newton steps, d<sup>3</sup> / 3 + 2 K d<sup>2</sup> flops each, about 8 of
 * them. More: see {@link SoftmaxMoments}. Deterministic; needs no random seed from its caller.
 *
 * <p>C. M. Stein, <em>Estimation of the mean of a multivariate normal distribution</em>, 1981, <a
 * href="https://doi.org/10.1214/aos/1176345632">doi:10.1214/aos/1176345632</a>; the blend is that
 * of J. H. Friedman, <em>Regularized discriminant analysis</em>, 1989, <a
 * href="https://doi.org/10.1080/01621459.1989.10478752">doi:10.1080/01621459.1989.10478752</a>.
 *
 * @param blend share of a class's own covariance, 0 (pooled) to 1; above 0 it needs moments in
 *     layout PER_CLASS
 * @param lambda of {@link Ridge}, towards zero
 */
public record MomentMatched(double blend, double lambda) {
  private static final int MOST_STEPS = 60;
  private static final double TOLERANCE = 1e-16;
  private static final double ROUGH = 1e-6;

  /** Checks ranges. */
  public MomentMatched {
    if (!(blend >= 0 && blend <= 1)) {
      throw new IllegalArgumentException("blend: expected 0 to 1, found " + blend);
    }
    if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "lambda: expected a finite number of at least 0, found " + lambda);
    }
  }

  /**
   * Solves for the model.
   *
   * @param moments of at least two classes, of which class 0 has rows
   */
  public MomentMatchedFit fit(ClassMoments moments) {
    ClassGaussians gaussians = new ClassGaussians(moments, blend);
    return gaussians.classes == 2
        ? binary(gaussians)
        : new SoftmaxMoments(gaussians, lambda).solve();
  }

  /** As {@link #fit}, to a millionth of the mean loss: enough to compare models by. */
  MomentMatchedFit fitRoughly(ClassMoments moments) {
    ClassGaussians gaussians = new ClassGaussians(moments, blend);
    return gaussians.classes == 2
        ? binary(gaussians)
        : new SoftmaxMoments(gaussians, lambda).solve(ROUGH);
  }

  private MomentMatchedFit binary(ClassGaussians gaussians) {
    BinaryMoments problem = new BinaryMoments(gaussians, lambda / gaussians.weight);
    double[] theta = new double[gaussians.features + 1];
    theta[0] = gaussians.design().priorsOnly()[0];
    boolean converged = false;
    int steps = 0;
    while (!converged && steps < MOST_STEPS) {
      steps++;
      double promised = problem.step(theta);
      converged = promised <= TOLERANCE;
    }
    return new MomentMatchedFit(gaussians.toRaw(theta), gaussians.design(), steps, converged);
  }
}
