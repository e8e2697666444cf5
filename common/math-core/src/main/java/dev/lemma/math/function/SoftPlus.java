// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * SoftPlus: f(x) = ln(1 + exp(t x)) / t, ReLU smoothed by the logistic density of sharpness t. It
 * lies above ReLU by ln(2) / t at most, at 0.
 *
 * <p>Within 2 ulp at t = 1; elsewhere the rounding of t x adds |t x| ulp where t x is negative. 0
 * at -infinity, infinity at infinity; NaN for a NaN, and for t not positive and finite.
 *
 * <p>C. Dugas, Y. Bengio, F. Belisle, C. Nadeau and R. Garcia, <em>Incorporating Second-Order
 * Functional Knowledge for Better Option Pricing</em>, NIPS 13, 2000; as a smoothed ReLU: <a
 * href="https://kexue.fm/archives/8718">kexue.fm/archives/8718</a>.
 */
public final class SoftPlus {
  private SoftPlus() {}

  /** ln(1 + e^x). */
  public static double of(double x) {
    // The larger of x and 0 is taken out, so that nothing overflows and small values stay.
    return Math.max(x, 0) + Elementary.log1p(Elementary.exp(-Math.abs(x)));
  }

  /**
   * ln(1 + exp(t x)) / t.
   *
   * @param t sharpness, positive and finite, else NaN
   */
  public static double of(double x, double t) {
    if (!(t > 0 && t < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    return Math.max(x, 0) + Elementary.log1p(Elementary.exp(-Math.abs(t * x))) / t;
  }

  /** The derivative: the logistic step {@link LogisticSmoothing#step} of the same sharpness. */
  public static double derivative(double x, double t) {
    return LogisticSmoothing.step(x, t);
  }
}
