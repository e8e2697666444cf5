// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

/** By what a fit knows its rows. */
enum FitRoute {
  /** Their moments, a scatter matrix among them. */
  MOMENTS,
  /** Means and variances alone: features count as independent. */
  VARIANCES,
  /** Means and variances, and products with the covariance, pass by pass. */
  PRODUCTS
}
