// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * ReLU, step, floor and sawtooth convolved with the logistic density t e<sup>tx</sup> / (1 +
 * e<sup>tx</sup>)<sup>2</sup>, the sharper the larger t.
 *
 * <p>The smoothed ReLU is {@link SoftPlus#of(double, double)}, the smoothed x times step {@link
 * Swish}. A staircase is the sum of the smoothed steps at all integers, of which the articles take
 * a finite piece; here all count, which makes the sawtooth periodic. For sharp steps the sum is
 * that of its tails, for blunt ones its Fourier series, with coefficients c / sinh(c), c = 2
 * pi<sup>2</sup> m / t: at most 11 terms either way.
 *
 * <p>Steps are within 3 ulp and densities within 4 at t = 1; elsewhere the rounding of t x adds |t
 * x| ulp where the result is a tail. Floor and sawtooth are within 4 ulp of the larger of |x| and
 * 1. NaN for a NaN, and for t not positive and finite.
 *
 * <p>Source: <a href="https://kexue.fm/archives/8718">kexue.fm/archives/8718</a>; K. Biswas et al.,
 * <em>SAU: Smooth activation function using convolution with approximate identities</em>, 2021, <a
 * href="https://arxiv.org/abs/2109.13210">arXiv:2109.13210</a>.
 */
public final class LogisticSmoothing {
  /** From here down 1 is nothing beside exp(-t x), which could overflow. */
  static final double FAR_BELOW = -700;

  private static final double TWO_PI = 2 * Math.PI;

  /** pi sqrt 2, where both series fall equally fast: exp(-4.44) a term. */
  private static final double SHARP_FROM = 4.44;

  /** exp(-40) is nothing beside 1. */
  private static final double NEGLIGIBLE = 40;

  private LogisticSmoothing() {}

  /** 1 / (1 + exp(-t x)): the smoothed step, 0 at -infinity and 1 at infinity. */
  public static double step(double x, double t) {
    if (!(t > 0 && t < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double z = t * x;
    // Nothing cancels on the left either, where the exponential is large.
    return z > FAR_BELOW ? 1 / (1 + Elementary.exp(-z)) : Elementary.exp(z);
  }

  /** The derivative of the step: the logistic density. */
  public static double density(double x, double t) {
    if (!(t > 0 && t < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double e = Elementary.exp(-Math.abs(t * x));
    return t * e / ((1 + e) * (1 + e));
  }

  /**
   * The smoothed floor: x - 1/2 for blunt steps, floor(x) off the integers for sharp ones, n - 1/2
   * at every integer n; infinite where x is.
   */
  public static double floor(double x, double t) {
    if (!(t > 0 && t < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double whole = Math.rint(x);
    return Double.isInfinite(x) ? x : whole + excess(x - whole, t);
  }

  /** x minus the smoothed floor, of period 1; NaN where x is infinite. */
  public static double sawtooth(double x, double t) {
    if (!(t > 0 && t < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double part = x - Math.rint(x);
    return part - excess(part, t);
  }

  /** The derivative of the smoothed floor, of period 1: all densities at integers added up. */
  public static double floorDerivative(double x, double t) {
    if (!(t > 0 && t < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double part = x - Math.rint(x);
    if (t >= SHARP_FROM) {
      double sum = density(part, t);
      for (int n = 1; t * (n - 1) < NEGLIGIBLE; n++) {
        sum += density(n - part, t) + density(n + part, t);
      }
      return sum;
    }
    double sum = 0;
    for (int m = 1; TWO_PI * Math.PI * m < NEGLIGIBLE * t; m++) {
      sum += coefficient(m, t) * Math.cos(TWO_PI * m * part);
    }
    return 1 + 2 * sum;
  }

  /**
   * The smoothed floor of a number in [-1/2, 1/2], which x minus the nearest integer is exactly.
   */
  private static double excess(double part, double t) {
    if (t >= SHARP_FROM) {
      double above = 0;
      double below = step(-part, t);
      for (int n = 1; t * (n - 1) < NEGLIGIBLE; n++) {
        above += step(part - n, t);
        below += step(-part - n, t);
      }
      return above - below;
    }
    double sum = 0;
    for (int m = 1; TWO_PI * Math.PI * m < NEGLIGIBLE * t; m++) {
      sum += coefficient(m, t) * Math.sin(TWO_PI * m * part) / m;
    }
    return part - 0.5 + sum / Math.PI;
  }

  private static double coefficient(int m, double t) {
    double c = TWO_PI * Math.PI * m / t;
    return c / Math.sinh(c);
  }
}
