// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import java.util.Arrays;

/**
 * Importance weights whose largest are replaced by quantiles of a generalised Pareto law fitted to
 * them, and its shape k-hat, which says whether weighted means can be trusted at all.
 *
 * <p>The tail holds the M = ceil(3 sqrt(S / e)) largest weights (ceil(S / 5) up to S = 225), e
 * being the relative efficiency of the draws (1 if independent). Below k-hat = 0.7 weighted means
 * work; above, the number of draws that would be needed is out of reach; from 1 on the mean of the
 * weights may not exist. A weight 0 (logarithm minus infinity) is a draw outside the target's
 * support.
 *
 * <p>k-hat is NaN, and the weights are left alone, for fewer than 5 weights in the tail, for a tail
 * of equal weights, and where a quarter of it equals its smallest. As in R's packages posterior and
 * loo.
 *
 * <p>Source: A. Vehtari, D. Simpson, A. Gelman, Y. Yao, J. Gabry, Pareto Smoothed Importance
 * Sampling, JMLR 25 (2024), <a href="https://arxiv.org/abs/1507.02646">arXiv:1507.02646</a>.
 *
 * @param shape k-hat
 * @param logWeights natural logarithms of the smoothed weights, S, in the order of the draws,
 *     normalised: the weights sum to 1
 * @param tailLength M
 */
public record ParetoSmoothing(double shape, double[] logWeights, int tailLength) {
  /** k-hat above which weighted means are not to be trusted, however many draws there are. */
  public static final double TRUSTED = 0.7;

  private static final int SHORT_SAMPLE = 225;
  private static final int SHORTEST_TAIL = 5;

  /** Copies the array in. */
  public ParetoSmoothing {
    logWeights = logWeights.clone();
  }

  /**
   * Smooths the weights of independent draws.
   *
   * @param logWeights natural logarithms of the weights, S at least 1, of any common scale; minus
   *     infinity for a weight 0
   * @throws IllegalArgumentException if there are none, one is NaN or plus infinity, or all weights
   *     are 0
   */
  public static ParetoSmoothing of(double[] logWeights) {
    return of(logWeights, 1);
  }

  /**
   * Smooths the weights of draws that depend on each other.
   *
   * @param logWeights see {@link #of(double[])}
   * @param relativeEfficiency e, effective draws per draw, positive
   * @throws IllegalArgumentException as there, or if e is not positive
   */
  public static ParetoSmoothing of(double[] logWeights, double relativeEfficiency) {
    double largest = check(logWeights);
    if (!(relativeEfficiency > 0)) {
      throw new IllegalArgumentException(
          "the relative efficiency must be positive, found " + relativeEfficiency);
    }
    int size = logWeights.length;
    double[] shifted = new double[size];
    for (int i = 0; i < size; i++) {
      shifted[i] = logWeights[i] - largest;
    }
    int tail = tailLength(size, relativeEfficiency);
    double shape = tail >= SHORTEST_TAIL && tail < size ? smooth(shifted, tail) : Double.NaN;
    normalise(shifted);
    return new ParetoSmoothing(shape, shifted, tail);
  }

  private static double check(double[] logWeights) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double weight : logWeights) {
      if (Double.isNaN(weight) || weight == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "the logarithm of a weight must be finite or minus infinity, found " + weight);
      }
      largest = Math.max(largest, weight);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "importance weights need at least one that is not 0 among " + logWeights.length);
    }
    return largest;
  }

  private static int tailLength(int size, double relativeEfficiency) {
    double length = size > SHORT_SAMPLE ? 3 * Math.sqrt(size / relativeEfficiency) : size / 5.0;
    return (int) Math.min(size, Math.ceil(length));
  }

  /** Replaces the tail of weights whose largest logarithm is 0; returns k-hat. */
  private static double smooth(double[] logWeights, int tail) {
    int size = logWeights.length;
    SortedDraws sorted = new SortedDraws(size);
    sorted.accept(logWeights);
    double[] ascending = sorted.ascending();
    int first = size - tail;
    if (ascending[first] == ascending[size - 1]) {
      return Double.NaN;
    }
    double cutoff = Math.exp(ascending[first - 1]);
    double[] exceedances = new double[tail];
    for (int i = 0; i < tail; i++) {
      exceedances[i] = Math.exp(ascending[first + i]) - cutoff;
    }
    ParetoTail fit = ParetoTail.fit(exceedances);
    if (Double.isFinite(fit.shape())) {
      int[] order = sorted.order();
      for (int i = 0; i < tail; i++) {
        double weight = cutoff + fit.quantile((i + 0.5) / tail);
        logWeights[order[first + i]] = Math.min(0, Math.log(weight));
      }
    }
    return fit.shape();
  }

  private static void normalise(double[] logWeights) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double weight : logWeights) {
      largest = Math.max(largest, weight);
    }
    double sum = 0;
    for (double weight : logWeights) {
      sum += Math.exp(weight - largest);
    }
    double total = largest + Math.log(sum);
    for (int i = 0; i < logWeights.length; i++) {
      logWeights[i] -= total;
    }
  }

  /** Copies the array out. */
  @Override
  public double[] logWeights() {
    return logWeights.clone();
  }

  /** 1 / sum of the squared smoothed weights: in [1, S], of independent draws. */
  public double effectiveSize() {
    double squares = 0;
    for (double weight : logWeights) {
      squares += Math.exp(2 * weight);
    }
    return 1 / squares;
  }

  /**
   * Whether weighted means can be trusted: k-hat is at most {@link #TRUSTED}, or unknown because
   * the whole tail has one weight, the best that can be.
   */
  public boolean trusted() {
    return shape <= TRUSTED || Double.isNaN(shape) && level();
  }

  private boolean level() {
    double largest = Arrays.stream(logWeights).max().orElseThrow();
    return Arrays.stream(logWeights).filter(weight -> weight == largest).count() >= tailLength;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParetoSmoothing that
        && Double.compare(shape, that.shape) == 0
        && tailLength == that.tailLength
        && Arrays.equals(logWeights, that.logWeights);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Double.hashCode(shape) + tailLength) + Arrays.hashCode(logWeights);
  }

  @Override
  public String toString() {
    return "ParetoSmoothing[shape="
        + shape
        + ", weights="
        + logWeights.length
        + ", tailLength="
        + tailLength
        + "]";
  }
}
