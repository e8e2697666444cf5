// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.io.Serializable;

/** What a comparing pass sums; a plain class, which every serializer of Spark takes. */
final class CrossFitState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Cross-fitted scores. */
  final long[] scores;

  /** Sums of the influence of rows, one array for each plan. */
  final double[][] influences;

  CrossFitState(long[] scores, double[][] influences) {
    this.scores = scores;
    this.influences = influences;
  }
}
