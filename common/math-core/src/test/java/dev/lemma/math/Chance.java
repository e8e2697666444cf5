// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The yardstick of the statistical tests: each check has a false alarm rate of {@link #FALSE_ALARM}
 * over the choice of the seed. Seeds are fixed, so a check that holds once holds always.
 */
public final class Chance {
  /** Probability that a right sampler fails one check, had its seed been drawn at random. */
  public static final double FALSE_ALARM = 1e-6;

  /** The two-sided quantile of the standard Gaussian at {@link #FALSE_ALARM}. */
  public static final double Z = 4.8916;

  private Chance() {}

  /** Whether a sample mean lies as near its expectation as a Gaussian with its error would. */
  public static boolean meanFits(double mean, double expected, double standardError) {
    return Math.abs(mean - expected) <= Z * standardError;
  }

  /** Whether counts of equally likely classes pass the chi-square test. */
  public static boolean evenlySpread(long[] counts) {
    double expected = (double) Arrays.stream(counts).sum() / counts.length;
    double statistic = 0;
    for (long count : counts) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    return statistic
        <= ChiSquaredDistribution.of(counts.length - 1).inverseSurvivalProbability(FALSE_ALARM);
  }

  /** Whether a sample passes the Kolmogorov-Smirnov test against a distribution function. */
  public static boolean follows(double[] sample, DoubleUnaryOperator distribution) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double p = distribution.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.max(p - (double) i / n, (i + 1.0) / n - p));
    }
    // Massart's form of the Dvoretzky-Kiefer-Wolfowitz inequality.
    return distance <= Math.sqrt(Math.log(2 / FALSE_ALARM) / (2 * n));
  }
}
