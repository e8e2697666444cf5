// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Arrays;

/**
 * How the distances of a job's pairs are distributed: groups of similar distances, each with the
 * number of pairs that it stands for.
 *
 * @param distances one for each group, ascending
 * @param pairs number of the job's pairs in each group, at least 0
 */
public record DistanceProfile(double[] distances, double[] pairs) {
  private static final int SINGLES = 32;
  private static final int SHARE = 16;

  /** Copies the arrays in and checks them. */
  public DistanceProfile {
    distances = distances.clone();
    pairs = pairs.clone();
    if (distances.length == 0 || distances.length != pairs.length) {
      throw new IllegalArgumentException(
          "profile of distances: expected at least one distance, and as many numbers of pairs,"
              + " found "
              + distances.length
              + " and "
              + pairs.length);
    }
    for (int i = 0; i < distances.length; i++) {
      if (!(distances[i] >= (i == 0 ? 0 : distances[i - 1])) || !(pairs[i] >= 0)) {
        throw new IllegalArgumentException(
            "profile of distances: expected distances ascending from 0 or more and numbers of"
                + " pairs of at least 0, found otherwise at place "
                + i);
      }
    }
  }

  /**
   * The profile of a sample. The nearest {@value #SINGLES} distances keep a group each, further
   * ones share groups of a {@value #SHARE}th of their rank: near pairs, of which there are few,
   * decide.
   *
   * @param sample distances of sampled pairs, in any order: best those of some hundred sampled
   *     queries to very many rows, so that near pairs are among them
   * @param pairsOfTheJob how many pairs the whole sample stands for
   */
  public static DistanceProfile of(double[] sample, double pairsOfTheJob) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double[] distances = new double[sorted.length];
    double[] pairs = new double[sorted.length];
    int groups = 0;
    for (int from = 0; from < sorted.length; ) {
      int size = Math.min(sorted.length - from, from < SINGLES ? 1 : Math.max(1, from / SHARE));
      double sum = 0;
      for (int i = from; i < from + size; i++) {
        sum += sorted[i];
      }
      // A mean of equal numbers can be off by rounding, and the order must hold.
      distances[groups] = Math.min(sorted[from + size - 1], Math.max(sorted[from], sum / size));
      pairs[groups++] = pairsOfTheJob * size / sorted.length;
      from += size;
    }
    return new DistanceProfile(Arrays.copyOf(distances, groups), Arrays.copyOf(pairs, groups));
  }

  /** Number of the job's pairs. */
  public double total() {
    return Arrays.stream(pairs).sum();
  }

  /** Number of the job's pairs up to a distance. */
  public double within(double distance) {
    double sum = 0;
    for (int i = 0; i < distances.length && distances[i] <= distance; i++) {
      sum += pairs[i];
    }
    return sum;
  }

  /** Copies the array out. */
  @Override
  public double[] distances() {
    return distances.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] pairs() {
    return pairs.clone();
  }
}
