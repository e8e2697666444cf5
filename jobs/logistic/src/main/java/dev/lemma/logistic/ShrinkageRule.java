// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.Shrinkage;

/** How a covariance is pulled towards a multiple of the identity, as configurations spell it. */
public enum ShrinkageRule {
  /**
   * {@link #OAS} for an estimator that is named; more than one share is tried where folds decide.
   */
  AUTO,
  /** As it is. */
  NONE,
  /** The oracle-approximating share. */
  OAS,
  /** The share of Ledoit and Wolf. */
  LEDOIT_WOLF,
  /** Their share, improved for Gaussian rows. */
  RBLW,
  /** Plus lambda times the identity. */
  RIDGE,
  /** A given share rho. */
  FIXED;

  /** The rule with these numbers, of which it takes the one that it needs. */
  Shrinkage with(double rho, double lambda) {
    return switch (this) {
      case NONE -> Shrinkage.NONE;
      case AUTO, OAS -> new Shrinkage.Oas();
      case LEDOIT_WOLF -> new Shrinkage.LedoitWolf();
      case RBLW -> new Shrinkage.Rblw();
      case RIDGE -> new Shrinkage.Ridge(lambda);
      case FIXED -> new Shrinkage.Fixed(rho);
    };
  }
}
