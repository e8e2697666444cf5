// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.sampling.diagnostics.ParetoSmoothing;
import java.util.Arrays;
import java.util.List;

/**
 * N points with importance weights w = pi / q, for self-normalised estimates:
 *
 * <pre>
 * E_pi f  ~  sum w_i f(x_i) / sum w_i
 * ESS     =  (sum w_i)^2 / sum w_i^2          log evidence = ln(sum w_i / N)
 * </pre>
 *
 * <p>The evidence is that of the target's constant: the integral of exp(log density), if q has its
 * own. Estimates are worth as much as the tail of the weights is light: look at {@link
 * #effectiveSize}, {@link #largestShare} and the Pareto k-hat of {@link #tail}. Sums run in the
 * order of the points. Immutable and thread-safe.
 *
 * <p>Source: A. B. Owen, <em>Monte Carlo theory, methods and examples</em>, 2013, chapter 9; T.
 * Hesterberg, 1995, <a
 * href="https://doi.org/10.1080/00401706.1995.10484303">doi:10.1080/00401706.1995.10484303</a>.
 */
public final class WeightedDraws {
  private final List<String> names;
  private final double[] points;
  private final double[] logWeights;
  private final double[] weights;
  private final double largest;
  private final double sum;

  /**
   * Keeps the arrays.
   *
   * @throws IllegalArgumentException if no weight is positive
   */
  WeightedDraws(List<String> names, double[] points, double[] logWeights) {
    this.names = List.copyOf(names);
    this.points = points;
    this.logWeights = logWeights;
    largest = Arrays.stream(logWeights).max().orElse(Double.NEGATIVE_INFINITY);
    if (!(Math.abs(largest) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "importance weights: expected a point where the target's density is positive, found none"
              + " among "
              + logWeights.length
              + "; draw from a law that covers the target");
    }
    weights = new double[logWeights.length];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.exp(logWeights[i] - largest);
      total += weights[i];
    }
    sum = total;
  }

  /**
   * Points of any origin with the logarithms of their weights.
   *
   * @param names of the d parameters
   * @param points N x d numbers, row by row; copied
   * @param logWeights N numbers, not NaN; copied
   * @throws IllegalArgumentException if no weight is positive, or one is NaN or infinite
   */
  public static WeightedDraws of(List<String> names, double[] points, double[] logWeights) {
    Require.length("points", points, (long) logWeights.length * names.size());
    for (int i = 0; i < logWeights.length; i++) {
      if (!(logWeights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "logarithms of weights: expected numbers below infinity, found "
                + logWeights[i]
                + " at point "
                + i);
      }
    }
    return new WeightedDraws(names, points.clone(), logWeights.clone());
  }

  /** N. */
  public int size() {
    return weights.length;
  }

  /** The names of the d parameters. */
  public List<String> names() {
    return names;
  }

  /** Parameter j of point i. */
  public double value(int i, int j) {
    return points[i * names.size() + j];
  }

  /** The logarithms of the weights, N numbers; -infinity where the target's density is 0. */
  public double[] logWeights() {
    return logWeights.clone();
  }

  /** The weights divided by their sum, N numbers. */
  public double[] shares() {
    double[] shares = new double[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = weights[i] / sum;
    }
    return shares;
  }

  /** Estimate of the mean of parameter j. */
  public double mean(int j) {
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      total += weights[i] * value(i, j);
    }
    return total / sum;
  }

  /** Estimate of the variance of parameter j. */
  public double variance(int j) {
    double mean = mean(j);
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      double deviation = value(i, j) - mean;
      total += weights[i] * deviation * deviation;
    }
    return total / sum;
  }

  /** Standard error of {@link #mean}, by the delta method. */
  public double meanError(int j) {
    double mean = mean(j);
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      double term = weights[i] * (value(i, j) - mean);
      total += term * term;
    }
    return StrictMath.sqrt(total) / sum;
  }

  /** (sum w)<sup>2</sup> / sum w<sup>2</sup>, between 1 and N. */
  public double effectiveSize() {
    double squares = 0;
    for (double weight : weights) {
      squares += weight * weight;
    }
    return sum * sum / squares;
  }

  /** The largest weight divided by the sum of all. */
  public double largestShare() {
    return 1 / sum;
  }

  /**
   * The tail of the weights: its {@link ParetoSmoothing#shape} is k-hat, and estimates with k-hat
   * above {@link ParetoSmoothing#TRUSTED} are not to be trusted.
   */
  public ParetoSmoothing tail() {
    return ParetoSmoothing.of(logWeights);
  }

  /** ln(sum w / N). */
  public double logEvidence() {
    return largest + StrictMath.log(sum / weights.length);
  }

  /**
   * Draws points with probabilities in proportion to their weights, systematically: a point of
   * share s comes floor(m s) or ceil(m s) times.
   *
   * @param count m, at least 1
   * @param uniform in (0, 1)
   * @return m positions, ascending
   * @see <a href="https://doi.org/10.1080/10618600.1996.10474692">G. Kitagawa, 1996</a>
   */
  public int[] resample(int count, double uniform) {
    int[] chosen = new int[Require.atLeast("count", count, 1)];
    Require.share("uniform", uniform);
    double reached = 0;
    int point = -1;
    for (int m = 0; m < count; m++) {
      double level = (m + uniform) / count * sum;
      while (reached <= level && point < weights.length - 1) {
        point++;
        reached += weights[point];
      }
      chosen[m] = point;
    }
    return chosen;
  }
}
