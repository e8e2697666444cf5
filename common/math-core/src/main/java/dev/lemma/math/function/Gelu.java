// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * The Gaussian error linear unit: f(x) = x P(g &lt; x), that is x times the step function smoothed
 * by a standard Gaussian, or by one of deviation s: x P(g &lt; x / s). It differs from ReLU by
 * 0.1699712 s at most.
 *
 * <p>At s = 1 within 8 ulp; elsewhere the rounding of u = x / s adds u<sup>2</sup> ulp where x is
 * negative. 0 at -infinity, infinity at infinity; NaN for NaN, and for s not positive and finite.
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
   * x P(g &lt; x / s).
   *
   * @param s standard deviation, positive and finite, else NaN
   */
  public static double of(double x, double s) {
    double step = GaussianSmoothing.step(x, s);
    return x == Double.NEGATIVE_INFINITY && step == 0 ? -0.0 : x * step;
  }

  /**
   * The derivative of x P(g &lt; x / s), which is that at x / s of s = 1.
   *
   * @param s standard deviation, positive and finite, else NaN
   */
  public static double derivative(double x, double s) {
    return s > 0 && s < Double.POSITIVE_INFINITY ? derivative(x / s) : Double.NaN;
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
