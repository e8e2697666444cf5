// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import java.util.Arrays;

/**
 * Which chains started from one point: K groups of M chains each. With many short chains the
 * variance within a chain says little; chains of one group differ by the sampler's noise alone, so
 * that what the means of the groups differ by beyond it is what the start has left behind.
 *
 * <p>Source: C. C. Margossian, M. D. Hoffman, P. Sountsov, L. Riou-Durand, A. Vehtari, A. Gelman,
 * Nested R-hat: Assessing the Convergence of Markov Chain Monte Carlo When Running Many Short
 * Chains, Bayesian Analysis, 2024, <a
 * href="https://doi.org/10.1214/24-BA1453">doi:10.1214/24-BA1453</a>.
 */
public final class Superchains {
  private final int[] groups;
  private final int count;

  private Superchains(int[] groups, int count) {
    this.groups = groups;
    this.count = count;
  }

  /**
   * Groups by number.
   *
   * @param groups of each chain its group; all groups of equally many chains, at least two groups
   * @throws IllegalArgumentException otherwise
   */
  public static Superchains of(int[] groups) {
    int[] distinct = Arrays.stream(groups).distinct().toArray();
    if (distinct.length < 2) {
      throw new IllegalArgumentException(
          "nested R-hat compares at least 2 superchains, found " + distinct.length);
    }
    int[] numbered = new int[groups.length];
    int[] sizes = new int[distinct.length];
    for (int c = 0; c < groups.length; c++) {
      int k = 0;
      while (distinct[k] != groups[c]) {
        k++;
      }
      numbered[c] = k;
      sizes[k]++;
    }
    for (int k = 1; k < sizes.length; k++) {
      if (sizes[k] != sizes[0]) {
        throw new IllegalArgumentException(
            "superchains must have equally many chains: superchain "
                + distinct[0]
                + " has "
                + sizes[0]
                + ", superchain "
                + distinct[k]
                + " has "
                + sizes[k]);
      }
    }
    return new Superchains(numbered, distinct.length);
  }

  /**
   * Groups of neighbouring chains: the first C / K chains, the next C / K, ...
   *
   * @param chains C, a multiple of K
   * @param count K, at least 2
   * @throws IllegalArgumentException otherwise
   */
  public static Superchains consecutive(int chains, int count) {
    if (count < 2 || chains < count || chains % count != 0) {
      throw new IllegalArgumentException(
          "the number of superchains must be at least 2 and divide the number of chains, found "
              + count
              + " for "
              + chains
              + " chains");
    }
    int[] groups = new int[chains];
    for (int c = 0; c < chains; c++) {
      groups[c] = c / (chains / count);
    }
    return new Superchains(groups, count);
  }

  /** C. */
  public int chains() {
    return groups.length;
  }

  /** K. */
  public int count() {
    return count;
  }

  /** sqrt(1 + B / W) of the chains' means and variances. */
  double rHat(double[] means, double[] variances) {
    if (means.length != groups.length) {
      throw new IllegalArgumentException(
          "the superchains are those of " + groups.length + " chains, found " + means.length);
    }
    int size = groups.length / count;
    double[] groupMeans = new double[count];
    double within = 0;
    double[] members = new double[size];
    for (int k = 0; k < count; k++) {
      int found = 0;
      double variance = 0;
      for (int c = 0; c < groups.length; c++) {
        if (groups[c] == k) {
          members[found++] = means[c];
          variance += variances[c] / size;
        }
      }
      groupMeans[k] = Moments.mean(members, 0, size);
      within += variance;
      within += size == 1 ? 0 : Moments.variance(members, 0, size, groupMeans[k]);
    }
    within /= count;
    double between = Moments.variance(groupMeans, 0, count, Moments.mean(groupMeans, 0, count));
    return Math.sqrt(1 + between / within);
  }
}
