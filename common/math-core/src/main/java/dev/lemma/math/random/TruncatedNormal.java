// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Exact draws from a Gaussian restricted to an interval, by rejection from the Gaussian itself, a
 * shifted exponential or a uniform, whichever fits: at worst about half of the proposals are
 * refused, however far out the interval lies.
 *
 * <p>Source: C. P. Robert, <em>Simulation of truncated normal variables</em>, 1995, <a
 * href="https://doi.org/10.1007/BF00143942">doi:10.1007/BF00143942</a>, arXiv:0907.4010.
 */
public final class TruncatedNormal {
  /** Above it, the exponential proposal beats the Gaussian one. */
  private static final double TAIL_FROM = 0.25;

  private static final double SQRT_TWO_PI = 2.5066282746310002;

  private TruncatedNormal() {}

  /**
   * A standard Gaussian given that it lies in an interval.
   *
   * @param lower may be -infinity
   * @param upper may be +infinity; greater than {@code lower}
   * @return a number in [lower, upper]
   * @throws IllegalArgumentException if the interval is empty or a bound is NaN
   */
  public static double draw(UniformRandomProvider source, double lower, double upper) {
    if (!(lower < upper)) {
      throw new IllegalArgumentException(
          "bounds of a truncated Gaussian: expected lower < upper, found "
              + lower
              + " and "
              + upper);
    }
    // The mass is on the right of 0, or on both sides, or is mirrored.
    if (upper <= 0) {
      return -right(source, -upper, -lower);
    }
    return lower >= 0 ? right(source, lower, upper) : around(source, lower, upper);
  }

  /**
   * A Gaussian of any mean and deviation given that it lies in an interval.
   *
   * @param deviation standard deviation, positive
   * @throws IllegalArgumentException if the interval is empty, or the deviation not positive
   */
  public static double draw(
      UniformRandomProvider source, double mean, double deviation, double lower, double upper) {
    if (!(deviation > 0)) {
      throw new IllegalArgumentException(
          "deviation of a truncated Gaussian: expected a positive number, found " + deviation);
    }
    double standard = draw(source, (lower - mean) / deviation, (upper - mean) / deviation);
    // Rounding must not leave the interval.
    return Math.max(lower, Math.min(upper, mean + deviation * standard));
  }

  /** Bounds on both sides of 0. */
  private static double around(UniformRandomProvider source, double lower, double upper) {
    if (upper - lower > SQRT_TWO_PI) {
      return gaussian(source, lower, upper);
    }
    while (true) {
      double x = lower + (upper - lower) * Variates.uniform(source);
      if (StrictMath.log(Variates.uniform(source)) <= -0.5 * x * x) {
        return x;
      }
    }
  }

  private static double gaussian(UniformRandomProvider source, double lower, double upper) {
    while (true) {
      double x = Variates.gaussian(source);
      if (x >= lower && x <= upper) {
        return x;
      }
    }
  }

  /** Both bounds at least 0. */
  private static double right(UniformRandomProvider source, double lower, double upper) {
    if (lower < TAIL_FROM && upper > 2) {
      return gaussian(source, lower, upper);
    }
    // The best rate is (lower + sqrt(lower^2 + 4)) / 2, which exceeds lower by this.
    double excess = 2 / (StrictMath.hypot(lower, 2) + lower);
    double rate = lower + excess;
    double width = upper - lower;
    return width * rate > 1.5
        ? exponential(source, lower, width, excess, rate)
        : uniform(source, lower, upper);
  }

  private static double exponential(
      UniformRandomProvider source, double lower, double width, double excess, double rate) {
    while (true) {
      double beyond = Variates.exponential(source) / rate;
      double distance = beyond - excess;
      if (beyond <= width
          && StrictMath.log(Variates.uniform(source)) <= -0.5 * distance * distance) {
        return lower + beyond;
      }
    }
  }

  private static double uniform(UniformRandomProvider source, double lower, double upper) {
    double width = upper - lower;
    while (true) {
      double beyond = width * Variates.uniform(source);
      if (StrictMath.log(Variates.uniform(source)) <= -beyond * (lower + 0.5 * beyond)) {
        return Math.min(upper, lower + beyond);
      }
    }
  }
}
