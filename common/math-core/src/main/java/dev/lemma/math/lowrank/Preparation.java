// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** What is done to the columns of A before it is decomposed; never to A itself. */
public enum Preparation {
  /** Nothing: the SVD of A. */
  RAW,
  /** Each column's mean is subtracted: PCA. */
  CENTERED,
  /**
   * Each column's mean is subtracted and what is left divided by its standard deviation (of m - 1
   * degrees of freedom): PCA of the correlations. A constant column stays zero.
   */
  STANDARDIZED
}
