// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.probability.RatioLaw;

/**
 * An estimate that is Gaussian about the true value for large samples, with its standard error:
 * Wald's test and interval.
 *
 * @param value the estimate
 * @param error its standard error, at least 0; NaN where there is none (a coefficient that was left
 *     out)
 */
public record Estimate(double value, double error) {
  /** Z<sup>2</sup> is chi-square with one degree of freedom: Gamma(1/2), whose mean is 1. */
  private static final RatioLaw SQUARED_GAUSSIAN = RatioLaw.gamma(0.5);

  /** Checks the error. */
  public Estimate {
    if (error < 0) {
      throw new IllegalArgumentException("a standard error must be at least 0, found " + error);
    }
  }

  /** Value over error; NaN without an error, and for 0 over 0. */
  public double z() {
    return value / error;
  }

  /**
   * ln of the two-sided p-value, P(|Z| &gt; |z|) for a standard Gaussian Z: to 12 digits however
   * small. NaN without an error.
   */
  public double logP() {
    double square = z() * z();
    if (Double.isNaN(square)) {
      return Double.NaN;
    }
    return square == Double.POSITIVE_INFINITY
        ? Double.NEGATIVE_INFINITY
        : SQUARED_GAUSSIAN.logAbove(square - 1);
  }

  /** The two-sided p-value; 0 where it is below the smallest double. */
  public double p() {
    return Math.exp(logP());
  }

  /**
   * The interval value - q error to value + q error, q being the Gaussian quantile.
   *
   * @param confidence in (0, 1), e.g. 0.95
   */
  public Interval interval(double confidence) {
    double half = quantile(confidence) * error;
    return new Interval(value - half, value + half);
  }

  /**
   * q with P(|Z| &lt; q) = confidence. Who needs many intervals asks once; some microseconds.
   *
   * @param confidence in (0, 1)
   */
  public static double quantile(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must lie in (0, 1), found " + confidence);
    }
    return Math.sqrt(SQUARED_GAUSSIAN.upperQuantile(1 - confidence));
  }

  /** A closed interval; NaN at both ends where there is none. */
  public record Interval(double lower, double upper) {}
}
