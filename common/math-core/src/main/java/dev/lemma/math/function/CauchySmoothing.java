// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * Step, floor, sawtooth and ReLU smoothed by the Cauchy density a / (pi (x<sup>2</sup> +
 * a<sup>2</sup>)), whose tails are heavy: a step is approached like a / (pi |x|) only.
 *
 * <p>The convolution of ReLU itself diverges. What is left when a constant is taken away is the
 * primitive of the smoothed step, {@link #relu}, which is 0 at 0 and falls below ReLU like a
 * logarithm; {@link #gated}, x times the smoothed step, stays within a / pi of ReLU. The staircase
 * has a closed form, since its Fourier coefficients are the powers of q = exp(-2 pi a).
 *
 * <p>Step and gated are within 4 ulp, density within 6 and ReLU within 8, for every x and every a
 * in [1e-300, 1e300], where they are normal numbers. Floor and sawtooth are within 4 ulp of the
 * larger of |x| and 1. NaN for a NaN, and for a not positive and finite.
 *
 * <p>Source: <a href="https://kexue.fm/archives/8718">kexue.fm/archives/8718</a>; K. Biswas et al.,
 * <em>SAU: Smooth activation function using convolution with approximate identities</em>, 2021, <a
 * href="https://arxiv.org/abs/2109.13210">arXiv:2109.13210</a>.
 */
public final class CauchySmoothing {
  private static final double TWO_PI = 2 * Math.PI;
  private static final double ONE_OVER_PI = 1 / Math.PI;

  /** Times a: from here on to the left x times the step is -a / pi, where a step may underflow. */
  private static final double FAR_LEFT = -1e9;

  private CauchySmoothing() {}

  /** 1/2 + arctan(x / a) / pi: the smoothed step, 0 at -infinity and 1 at infinity. */
  public static double step(double x, double a) {
    // The angle from the negative axis keeps its digits on the left, where the sum would cancel.
    return isWidth(a) ? Elementary.atan2(a, -x) * ONE_OVER_PI : Double.NaN;
  }

  /** The derivative of the step: the Cauchy density. */
  public static double density(double x, double a) {
    if (!isWidth(a)) {
      return Double.NaN;
    }
    double u = x / a;
    // Beyond, the square overflows and the 1 is lost in it long before.
    return Math.abs(u) > 1e150 ? a / x / x * ONE_OVER_PI : 1 / (Math.PI * a * (1 + u * u));
  }

  /** x times the smoothed step; -a / pi at -infinity. */
  public static double gated(double x, double a) {
    if (!isWidth(a)) {
      return Double.NaN;
    }
    return x <= FAR_LEFT * a ? -a / Math.PI : x * step(x, a);
  }

  /**
   * The integral of the smoothed step from 0 to x, x step(x) - a ln(1 + (x / a)^2) / (2 pi); -
   * infinity at -infinity.
   */
  public static double relu(double x, double a) {
    if (!isWidth(a)) {
      return Double.NaN;
    }
    if (Double.isInfinite(x)) {
      return x;
    }
    double u = x / a;
    // Beyond, the square overflows, and in the end the quotient.
    double log =
        Math.abs(u) > 1e100 ? 2 * (Math.log(Math.abs(x)) - Math.log(a)) : Elementary.log1p(u * u);
    return gated(x, a) - a * log * (0.5 * ONE_OVER_PI);
  }

  /** The smoothed floor: n - 1/2 at every integer n; infinite where x is. */
  public static double floor(double x, double a) {
    return floorOfGap(x, gap(a));
  }

  /**
   * The smoothed floor of a half width known by its {@link #gap}, which need not be computed for
   * each x.
   *
   * @param gap 1 - exp(-2 pi a)
   */
  public static double floorOfGap(double x, double gap) {
    double whole = Elementary.nearest(x);
    double part = x - whole;
    // An infinite x leaves no part.
    return Double.isInfinite(x) && gap > 0 ? x : whole + (part - 0.5 + turn(part, gap));
  }

  /** x minus the smoothed floor, of period 1; NaN where x is infinite. */
  public static double sawtooth(double x, double a) {
    return sawtoothOfGap(x, gap(a));
  }

  /**
   * The smoothed sawtooth of a half width known by its {@link #gap}.
   *
   * @param gap 1 - exp(-2 pi a)
   */
  public static double sawtoothOfGap(double x, double gap) {
    return 0.5 - turn(x - Elementary.nearest(x), gap);
  }

  /** The derivative of the smoothed floor, (1 - q^2) / (1 - 2 q cos(2 pi x) + q^2). */
  public static double floorDerivative(double x, double a) {
    double gap = gap(a);
    double q = 1 - gap;
    double sine = Elementary.sinOfPi(x - Elementary.nearest(x));
    return gap * (1 + q) / (gap * gap + 4 * q * sine * sine);
  }

  /**
   * 1 - q of q = exp(-2 pi a), what a staircase needs to know of its half width; NaN for a not
   * positive and finite.
   */
  public static double gap(double a) {
    if (!isWidth(a)) {
      return Double.NaN;
    }
    double q = Elementary.exp(-TWO_PI * a);
    // The difference cancels where a is small.
    return q < 0.9 ? 1 - q : -Math.expm1(-TWO_PI * a);
  }

  /**
   * What the smoothed staircase exceeds the line through its corners by, arctan(q sin(2 pi x) / (1
   * - q cos(2 pi x))) / pi for x in [-1/2, 1/2], which x minus the nearest integer is exactly.
   */
  private static double turn(double part, double gap) {
    double q = 1 - gap;
    double sine = Elementary.sinOfPi(part);
    // 1 - q cos(2 pi x), in which nothing cancels.
    double across = gap + 2 * q * sine * sine;
    return Elementary.atan2(q * Elementary.sinOfPi(2 * part), across) * ONE_OVER_PI;
  }

  private static boolean isWidth(double a) {
    return a > 0 && a < Double.POSITIVE_INFINITY;
  }
}
