// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * The Gaussian error linear unit: f(x) = x P(g &lt; x), that is x times the step function smoothed
 * by a standard Gaussian. It differs from ReLU by 0.1699712 at most.
 *
 * <p>Within 8 ulp. 0 at -infinity, infinity at infinity; NaN for NaN.
 *
 * <p>D. Hendrycks and K. Gimpel, <em>Gaussian Error Linear Units</em>, 2016, <a
 * href="https://arxiv.org/abs/1606.08415">arXiv:1606.08415</a>; as a smoothed x times step: <a
 * href="https://kexue.fm/archives/8718">kexue.fm/archives/8718</a>.
 */
public final class Gelu {
  private Gelu() {}

  /** x P(g &lt; x) for a standard Gaussian g. */
  public static double of(double x) {
    return x == Double.NEGATIVE_INFINITY ? -0.0 : x * GaussianSmoothing.lower(x);
  }

  /**
   * The derivative P(g &lt; x) + x p(x), p the Gaussian density. It is 0 at -0.7517916, near which
   * it is within 8 ulp of 1/4 instead.
   */
  public static double derivative(double x) {
    return Double.isInfinite(x)
        ? (x > 0 ? 1 : 0)
        : GaussianSmoothing.lower(x) + x * GaussianSmoothing.density(x);
  }
}
