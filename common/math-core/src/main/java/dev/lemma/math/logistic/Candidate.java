// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Locale;

/**
 * A model that follows from class moments alone. Covariances are shrunk in units of the deviation
 * of all rows.
 *
 * @param kind its family
 * @param rho share of the shrinkage for {@link CandidateKind#RIDGE}, in [0, 1]; else 0
 * @param blend of {@link MomentMatched}; else 0
 * @param lambda of {@link MomentMatched}; else 0
 */
public record Candidate(CandidateKind kind, double rho, double blend, double lambda) {
  /** Checks the ranges. */
  public Candidate {
    if (!(rho >= 0 && rho <= 1)) {
      throw new IllegalArgumentException("rho: expected a number in [0, 1], found " + rho);
    }
    new MomentMatched(blend, lambda);
  }

  static Candidate of(CandidateKind kind) {
    return new Candidate(kind, 0, 0, 0);
  }

  static Candidate ridge(double rho) {
    return new Candidate(CandidateKind.RIDGE, rho, 0, 0);
  }

  static Candidate matched(double blend, double lambda) {
    return new Candidate(CandidateKind.MOMENT_MATCHED, 0, blend, lambda);
  }

  /** A short name, such as "pooled, rho 0.1" or "moment-matched, blend 1, lambda 1". */
  public String name() {
    return switch (kind) {
      case DIAGONAL -> "diagonal";
      case RIDGE -> "pooled, rho " + number(rho);
      case POOLED -> "pooled, OAS";
      case BALANCED -> "balanced, OAS";
      case MOMENT_MATCHED ->
          "moment-matched, blend " + number(blend) + ", lambda " + number(lambda);
      case TOTAL -> "total";
    };
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
