// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.OptionalDouble;

/**
 * One way to choose the dimension, and what its choice is worth.
 *
 * @param rule whose choice it is
 * @param k the dimension chosen
 * @param epsilon the smallest eps with which the guarantee holds at this k, under the exact law;
 *     empty if none below 1
 * @param logFailure ln of the exact failure probability (for a share of pairs, of the expected
 *     share outside) at this k and the eps asked for
 * @param bytesPerRow size of one projected row
 */
public record PlanRow(
    Rule rule, long k, OptionalDouble epsilon, double logFailure, long bytesPerRow) {
  /** The ways to choose a dimension. */
  public enum Rule {
    /** The k that was asked for, judged under the chi-square law. */
    GIVEN("k as given", "", Source.OWN),
    /** {@link JlBounds#dimension}. */
    EXACT_GAUSSIAN(
        "exact law, Gaussian entries", "M P(|chi2_k / k - 1| > eps) <= delta", Source.OWN),
    /** {@link JlBounds#haarDimension}. */
    EXACT_ORTHONORMAL(
        "exact law, orthonormal rows",
        "M P(|d/k Beta(k/2, (d-k)/2) - 1| > eps) <= delta",
        Source.OWN),
    /** {@link ClassicBounds#chernoff}. */
    CHERNOFF(
        "Chernoff, each tail optimised", "M (e^(-k a/2) + e^(-k b/2)) <= delta", Source.CLASSIC),
    /** {@link ClassicBounds#dasguptaGupta(Guarantee, double, double)}. */
    DASGUPTA_GUPTA(
        "Dasgupta-Gupta with delta, signs too",
        "2 ln(2 M / delta) / (eps^2/2 - eps^3/3)",
        Source.CLASSIC),
    /** {@link ClassicBounds#scikitLearn}. */
    SCIKIT_LEARN("scikit-learn", "int(4 ln N / (eps^2/2 - eps^3/3))", Source.CLASSIC),
    /** {@link ClassicBounds#articleChernoff}. */
    ARTICLE_CHERNOFF("Su, Chernoff kept", "6 ln N / (eps - ln(1 + eps))", Source.CLASSIC),
    /** {@link ClassicBounds#articleExistence}. */
    ARTICLE_EXISTENCE("Su, mere existence", "16 ln N / eps^2", Source.CLASSIC),
    /** {@link ClassicBounds#articleDimension}. */
    ARTICLE("Su", "24 ln N / eps^2", Source.CLASSIC);

    private final String title;
    private final String formula;
    private final Source source;

    Rule(String title, String formula, Source source) {
      this.title = title;
      this.formula = formula;
      this.source = source;
    }

    /** The name that people read. */
    public String title() {
      return title;
    }

    /** The formula in one line, empty for a given k. */
    public String formula() {
      return formula;
    }

    /** Whether it is an answer or a comparison. */
    public Source source() {
      return source;
    }
  }

  /** What a row is there for. */
  public enum Source {
    /** An answer to the question. */
    OWN,
    /** A published bound, for comparison. */
    CLASSIC
  }

  /** The failure probability itself, 0 below 4.9e-324. */
  public double failure() {
    return Math.exp(logFailure);
  }
}
