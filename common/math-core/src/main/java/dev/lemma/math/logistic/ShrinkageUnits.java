// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** The units of the features in which a covariance is shrunk: shrinking depends on them. */
public enum ShrinkageUnits {
  /** As the rows came. */
  DATA,
  /** In units of the deviation within the classes: the covariance is a correlation matrix. */
  WITHIN_DEVIATION,
  /** In units of the deviation of all rows, as after standardising the whole set. */
  TOTAL_DEVIATION
}
