// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.probability.RatioLaw;

/**
 * The share of wanted pairs that a search found, from a sample of queries for which all wanted
 * pairs are known, with a confidence interval.
 *
 * <p>Pairs of one query are not independent: a query in an awkward place misses many. The interval
 * is the exact binomial one (Clopper-Pearson) for the sample's <em>effective</em> size, which is
 * the number of pairs over the design effect: the variance of the share between queries (the ratio
 * estimator's, queries being drawn with replacement), over the binomial one. Few misses say little
 * of how they cluster; so the design effect is computed as if one more query of mean size had lost
 * all its pairs. Without a miss the effective size is thereby the number of queries: each counts
 * once.
 *
 * <p>Source: E. L. Korn, B. I. Graubard, <em>Confidence intervals for proportions with small
 * expected number of positive counts estimated from survey data</em>, Survey Methodology 24 (1998)
 * 193-201; the query added is ours.
 *
 * @param queries number of queries that want at least one pair
 * @param wanted their wanted pairs
 * @param found those found
 * @param estimate found / wanted; NaN where nothing is wanted
 * @param lower end of the interval
 * @param upper end of the interval
 * @param confidence of the interval, in (0, 1)
 * @param effectiveSize pairs that count as independent, from 1 to wanted; 0 where nothing is wanted
 */
public record RecallEstimate(
    int queries,
    long wanted,
    long found,
    double estimate,
    double lower,
    double upper,
    double confidence,
    double effectiveSize) {
  /** Below half an effective pair an end of the interval is that of the range, which is safe. */
  private static final double LEAST_SHAPE = 0.5;

  /**
   * Estimates.
   *
   * @param wanted for each query the number of its wanted pairs, at least 0
   * @param found for each query the number of those found, at most as many
   * @param confidence in (0, 1), e.g. 0.99
   * @throws IllegalArgumentException if a count is out of its range
   */
  public static RecallEstimate of(int[] wanted, int[] found, double confidence) {
    check(wanted, found, confidence);
    int queries = 0;
    long pairs = 0;
    long hits = 0;
    for (int q = 0; q < wanted.length; q++) {
      queries += wanted[q] > 0 ? 1 : 0;
      pairs += wanted[q];
      hits += found[q];
    }
    if (pairs == 0) {
      return new RecallEstimate(0, 0, 0, Double.NaN, 0, 1, confidence, 0);
    }
    double share = (double) hits / pairs;
    double size = effectiveSize(wanted, found, queries, pairs, hits);
    double side = (1 - confidence) / 2;
    double successes = share * size;
    double failures = (double) (pairs - hits) / pairs * size;
    double lower = 0;
    if (successes >= LEAST_SHAPE) {
      RatioLaw law = RatioLaw.beta(successes, failures + 1);
      lower = law.scale() * law.quantile(side);
    }
    double upper = 1;
    if (failures >= LEAST_SHAPE) {
      RatioLaw law = RatioLaw.beta(successes + 1, failures);
      upper = Math.min(1, law.scale() * law.upperQuantile(side));
    }
    return new RecallEstimate(queries, pairs, hits, share, lower, upper, confidence, size);
  }

  private static double effectiveSize(
      int[] wanted, int[] found, int queries, long pairs, long hits) {
    double mean = (double) pairs / queries;
    double share = hits / (pairs + mean);
    double squares = share * share * mean * mean;
    for (int q = 0; q < wanted.length; q++) {
      double residual = found[q] - share * wanted[q];
      squares += residual * residual;
    }
    double between = squares * (queries + 1) / queries;
    double binomial = share * (1 - share) * (pairs + mean);
    double effect = binomial > 0 ? between / binomial : mean;
    return Math.max(1, pairs / Math.max(1, effect));
  }

  /**
   * How many of a query's k nearest a search found, with ties: any row as near as the k-th counts.
   *
   * @param nearest distances of the true k nearest, ascending; fewer than k where there are fewer
   *     rows
   * @param found distances of the rows found, ascending, from the same exact function
   * @return 0 to the length of {@code nearest}
   */
  public static int hits(double[] nearest, double[] found) {
    if (nearest.length == 0) {
      return 0;
    }
    double farthest = nearest[nearest.length - 1];
    int hits = 0;
    while (hits < nearest.length && hits < found.length && found[hits] <= farthest) {
      hits++;
    }
    return hits;
  }

  private static void check(int[] wanted, int[] found, double confidence) {
    if (wanted.length != found.length) {
      throw new IllegalArgumentException(
          "recall: expected found counts for " + wanted.length + " queries, got " + found.length);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence: expected a number between 0 and 1, found " + confidence);
    }
    for (int q = 0; q < wanted.length; q++) {
      if (found[q] < 0 || found[q] > wanted[q]) {
        throw new IllegalArgumentException(
            "recall of query "
                + q
                + ": expected 0 to "
                + wanted[q]
                + " found pairs, got "
                + found[q]);
      }
    }
  }
}
