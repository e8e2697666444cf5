// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import dev.lemma.math.probability.GaussianTail;

/**
 * ReLU, step, floor and sawtooth convolved with a Gaussian of standard deviation s.
 *
 * <p>The smoothed ReLU is x P(g &lt; x / s) + s p(x / s) with the standard Gaussian density p; the
 * smoothed x times step at s = 1 is {@link Gelu}. A staircase is the sum of the smoothed steps at
 * all integers: tails for sharp steps, a Fourier series with coefficients exp(-2 pi<sup>2</sup>
 * m<sup>2</sup> s<sup>2</sup>) for blunt ones, at most 5 terms either way.
 *
 * <p>At s = 1 steps and the density are within 8 ulp, ReLU within 20; elsewhere the rounding of u =
 * x / s adds u<sup>2</sup> ulp where the result is a tail. Floor and sawtooth are within 4 ulp of
 * the larger of |x| and 1. NaN for a NaN, and for s not positive and finite.
 *
 * <p>Source: <a href="https://kexue.fm/archives/8718">kexue.fm/archives/8718</a>; K. Biswas et al.,
 * <em>SAU: Smooth activation function using convolution with approximate identities</em>, 2021, <a
 * href="https://arxiv.org/abs/2109.13210">arXiv:2109.13210</a>.
 */
public final class GaussianSmoothing {
  private static final double TWO_PI = 2 * Math.PI;
  private static final double DENSITY_AT_ZERO = 0.3989422804014327;

  /** Beyond, exp(-u^2 / 2) is below the smallest double. */
  private static final double VANISHES = 39;

  /** 1 / sqrt(2 pi), where both series of the staircase fall equally fast. */
  private static final double BLUNT_FROM = 0.4;

  /** A tail beyond this many deviations is nothing beside 1. */
  private static final double NEGLIGIBLE = 9;

  /**
   * From here on the two terms of the smoothed ReLU would lose more than two bits to each other.
   */
  private static final double FRACTION_FROM = 1.5;

  private GaussianSmoothing() {}

  /** P(g &lt; x / s): the smoothed step, 0 at -infinity and 1 at infinity. */
  public static double step(double x, double s) {
    return isWidth(s) ? lower(x / s) : Double.NaN;
  }

  /** The derivative of the step: the Gaussian density of deviation s. */
  public static double density(double x, double s) {
    return isWidth(s) ? density(x / s) / s : Double.NaN;
  }

  /** The smoothed ReLU, at least ReLU, by 0.3989423 s at most; its derivative is the step. */
  public static double relu(double x, double s) {
    if (!isWidth(s)) {
      return Double.NaN;
    }
    double u = x / s;
    if (u >= -FRACTION_FROM) {
      return u > VANISHES ? x : x * lower(u) + s * density(u);
    }
    // Also what NaN comes to.
    return u <= -VANISHES ? 0 : s * lower(u) * ratio(-u);
  }

  /** The smoothed floor: n - 1/2 at every integer n; infinite where x is. */
  public static double floor(double x, double s) {
    if (!isWidth(s)) {
      return Double.NaN;
    }
    double whole = Math.rint(x);
    return Double.isInfinite(x) ? x : whole + excess(x - whole, s);
  }

  /** x minus the smoothed floor, of period 1; NaN where x is infinite. */
  public static double sawtooth(double x, double s) {
    if (!isWidth(s)) {
      return Double.NaN;
    }
    double part = x - Math.rint(x);
    return part - excess(part, s);
  }

  /** The derivative of the smoothed floor, of period 1: all densities at integers added up. */
  public static double floorDerivative(double x, double s) {
    if (!isWidth(s)) {
      return Double.NaN;
    }
    double part = x - Math.rint(x);
    if (s < BLUNT_FROM) {
      double sum = density(part / s);
      for (int n = 1; n - 1 < NEGLIGIBLE * s; n++) {
        sum += density((n - part) / s) + density((n + part) / s);
      }
      return sum / s;
    }
    double sum = 0;
    for (int m = 1; m * s < NEGLIGIBLE / TWO_PI; m++) {
      sum += exponential(TWO_PI * m * s) * Math.cos(TWO_PI * m * part);
    }
    return 1 + 2 * sum;
  }

  /** P(g &lt; u) for a standard Gaussian g. */
  static double lower(double u) {
    return u < 0
        ? 0.5 * GaussianTail.scaledUpper(-u) * exponential(u)
        : 1 - 0.5 * GaussianTail.scaledUpper(u) * exponential(u);
  }

  /** The standard Gaussian density. */
  static double density(double u) {
    return DENSITY_AT_ZERO * exponential(u);
  }

  /** exp(-u^2 / 2) within 2 ulp: the square is split, since its rounding would count u^2 times. */
  private static double exponential(double u) {
    if (Math.abs(u) > VANISHES) {
      return 0;
    }
    double head = (float) u;
    double rest = -0.5 * (u - head) * (u + head);
    // |rest| < 1e-4: four terms of its exponential.
    return Elementary.exp(-0.5 * head * head) * (1 + rest * (1 + rest * (0.5 + rest / 6)));
  }

  /**
   * The smoothed ReLU at -u over the step there, I1(u) / I0(u), by the continued fraction 1 / (u +
   * 2 / (u + 3 / (u + ...))) of repeated integrals of the Gaussian, from below.
   */
  private static double ratio(double u) {
    int terms = 16 + (int) (245 / (u * u));
    double value = (Math.sqrt(u * u + 4 * terms) - u) / (2 * terms);
    for (int n = terms; n >= 2; n--) {
      value = 1 / (u + n * value);
    }
    return value;
  }

  /**
   * The smoothed floor of a number in [-1/2, 1/2], which x minus the nearest integer is exactly.
   */
  private static double excess(double part, double s) {
    if (s < BLUNT_FROM) {
      double above = 0;
      double below = lower(-part / s);
      for (int n = 1; n - 1 < NEGLIGIBLE * s; n++) {
        above += lower((part - n) / s);
        below += lower((-part - n) / s);
      }
      return above - below;
    }
    double sum = 0;
    for (int m = 1; m * s < NEGLIGIBLE / TWO_PI; m++) {
      sum += exponential(TWO_PI * m * s) * Math.sin(TWO_PI * m * part) / m;
    }
    return part - 0.5 + sum / Math.PI;
  }

  private static boolean isWidth(double s) {
    return s > 0 && s < Double.POSITIVE_INFINITY;
  }
}
