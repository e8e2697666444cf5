// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * How far the distribution function of N ranks strays from the uniform one, as the smallest
 * two-sided binomial tail over a set of places. Tails are tabulated once for all sets of N ranks.
 */
final class DistributionDistance {
  private final int[] places;
  private final double[][] tails;

  /**
   * Tables for ranks 0 to {@code ranks - 1}.
   *
   * @param mostPlaces at which the functions are compared, evenly spread
   */
  DistributionDistance(int ranks, int total, int mostPlaces) {
    int count = Math.min(ranks - 1, mostPlaces);
    places = new int[count];
    tails = new double[count][];
    for (int i = 0; i < count; i++) {
      places[i] = (int) ((i + 1L) * ranks / (count + 1));
      tails[i] = twoSided(total, (double) places[i] / ranks);
    }
  }

  /** Of each k: 2 min(P(X <= k), P(X >= k)) for X ~ Bin(n, p), from the mode outwards. */
  private static double[] twoSided(int n, double p) {
    double[] mass = new double[n + 1];
    int mode = (int) Math.min(n, Math.floor((n + 1) * p));
    mass[mode] = 1;
    double sum = 1;
    for (int k = mode; k < n; k++) {
      mass[k + 1] = mass[k] * (n - k) / (k + 1) * (p / (1 - p));
      sum += mass[k + 1];
    }
    for (int k = mode; k > 0; k--) {
      mass[k - 1] = mass[k] * k / (n - k + 1) * ((1 - p) / p);
      sum += mass[k - 1];
    }
    double[] tail = new double[n + 1];
    double below = 0;
    for (int k = 0; k <= n; k++) {
      below += mass[k] / sum;
      tail[k] = 2 * below;
    }
    double above = 0;
    for (int k = n; k >= 0; k--) {
      above += mass[k] / sum;
      tail[k] = Math.min(tail[k], 2 * above);
    }
    return tail;
  }

  /** The smallest tail of these counts of ranks. */
  double gamma(long[] counts) {
    double gamma = Double.POSITIVE_INFINITY;
    int below = 0;
    int rank = 0;
    for (int i = 0; i < places.length; i++) {
      for (; rank < places[i]; rank++) {
        below += (int) counts[rank];
      }
      gamma = Math.min(gamma, tails[i][below]);
    }
    return gamma;
  }
}
