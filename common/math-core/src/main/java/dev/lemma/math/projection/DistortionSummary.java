// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The measured distortion of a sample of pairs, beside what the family's law predicts for these
 * very pairs.
 *
 * <p>Quantiles interpolate linearly between order statistics (type 7 of Hyndman and Fan,
 * doi:10.2307/2684934).
 *
 * @param pairs number of pairs of different rows
 * @param equalPairs number of pairs of equal rows, left out of everything else
 * @param outside number of pairs whose distance changed by more than eps
 * @param mean mean ratio; 1 in expectation
 * @param deviation root mean square of ratio - 1
 * @param predictedDeviation root mean of the variances that the law gives for the pairs' own q4
 * @param standardised root mean square of (ratio - 1) over the law's deviation, over pairs whose
 *     law has a spread: 1 where the law holds, NaN where no pair's law has one
 * @param ratios all ratios, ascending
 */
public record DistortionSummary(
    long pairs,
    long equalPairs,
    long outside,
    double mean,
    double deviation,
    double predictedDeviation,
    double standardised,
    double[] ratios) {

  /**
   * Below this a law's variance is rounding: a difference in a single feature keeps its length
   * under signs whatever the seed, and says nothing of the spread.
   */
  private static final double NO_SPREAD = 1e-12;

  /** Copies the array in. */
  public DistortionSummary {
    ratios = ratios.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] ratios() {
    return ratios.clone();
  }

  /**
   * Sums up a sample.
   *
   * @param sample the pairs
   * @param variance the family's variance of the ratio as a function of q4, {@link
   *     Projection#squaredNormVariance}
   * @param eps tolerated relative change
   * @param scale whether eps speaks of squared distances; the ratios always do
   */
  public static DistortionSummary of(
      List<PairDistortion> sample, DoubleUnaryOperator variance, double eps, DistanceScale scale) {
    double[] ratios =
        sample.stream()
            .filter(pair -> !pair.isOfEqualRows())
            .mapToDouble(PairDistortion::ratio)
            .sorted()
            .toArray();
    double low = 1 - scale.deficit(eps);
    double high = 1 + scale.excess(eps);
    long outside = Arrays.stream(ratios).filter(ratio -> ratio < low || ratio > high).count();
    double variances = 0;
    double standardised = 0;
    long spread = 0;
    for (PairDistortion pair : sample) {
      if (!pair.isOfEqualRows()) {
        double law = variance.applyAsDouble(pair.q4());
        variances += law;
        if (law > NO_SPREAD) {
          standardised += (pair.ratio() - 1) * (pair.ratio() - 1) / law;
          spread++;
        }
      }
    }
    double mean = Arrays.stream(ratios).average().orElse(Double.NaN);
    double meanSquare =
        Arrays.stream(ratios).map(ratio -> (ratio - 1) * (ratio - 1)).average().orElse(Double.NaN);
    return new DistortionSummary(
        ratios.length,
        sample.size() - ratios.length,
        outside,
        mean,
        Math.sqrt(meanSquare),
        Math.sqrt(variances / ratios.length),
        Math.sqrt(standardised / spread),
        ratios);
  }

  /** Measured share of pairs outside eps, in [0, 1]; NaN without pairs. */
  public double shareOutside() {
    return (double) outside / pairs;
  }

  /**
   * Quantile of the ratio.
   *
   * @param p in [0, 1]
   * @return NaN without pairs
   */
  public double quantile(double p) {
    if (ratios.length == 0) {
      return Double.NaN;
    }
    double position = p * (ratios.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, ratios.length - 1);
    return ratios[below] + (position - below) * (ratios[above] - ratios[below]);
  }
}
