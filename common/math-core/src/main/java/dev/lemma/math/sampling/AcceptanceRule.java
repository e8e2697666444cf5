// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/**
 * With which probability a move from x to y is taken, such that detailed balance holds. All are
 * given forward = ln p(x) + ln q(y | x) and backward = ln p(y) + ln q(x | y).
 */
public enum AcceptanceRule {
  /**
   * min(1, exp(backward - forward)): the largest that is possible, hence the least correlated
   * draws.
   *
   * <p>Source: P. H. Peskun, 1973, <a
   * href="https://doi.org/10.1093/biomet/60.3.607">doi:10.1093/biomet/60.3.607</a>.
   */
  HASTINGS {
    @Override
    double logProbability(double forward, double backward) {
      return Math.min(0, backward - forward);
    }
  },

  /**
   * 1 / (1 + exp(forward - backward)).
   *
   * <p>Source: A. A. Barker, 1965, <a
   * href="https://doi.org/10.1071/PH650119">doi:10.1071/PH650119</a>.
   */
  BARKER {
    @Override
    double logProbability(double forward, double backward) {
      return -StrictMath.log1p(StrictMath.exp(forward - backward));
    }
  },

  /**
   * exp(backward) itself, which must not exceed 1: the form from which the others follow. Only for
   * densities known well enough to bound them, and slow.
   */
  PRODUCT {
    @Override
    double logProbability(double forward, double backward) {
      if (backward > 1e-12) {
        throw new IllegalArgumentException(
            "the rule PRODUCT needs p(y) q(x | y) of at most 1, found "
                + StrictMath.exp(backward)
                + ": scale the target down, or take HASTINGS");
      }
      return backward;
    }
  };

  /** The logarithm of the acceptance probability. */
  abstract double logProbability(double forward, double backward);
}
