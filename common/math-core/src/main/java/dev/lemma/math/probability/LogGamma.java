// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

/** The logarithm of the Gamma function. */
public final class LogGamma {
  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

  private LogGamma() {}

  /**
   * ln Gamma(z) by Stirling's formula and what it leaves out: absolute error of about 1e-15 times
   * the larger of 1 and z ln z. NaN unless z &gt; 0; +infinity for +infinity.
   */
  public static double of(double z) {
    if (!(z > 0)) {
      return Double.NaN;
    }
    if (z == Double.POSITIVE_INFINITY) {
      return z;
    }
    return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + Stirling.remainder(z);
  }
}
