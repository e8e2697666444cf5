// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * A scored row that was kept.
 *
 * @param scores candidates x K, row-major
 */
record SampledRow(int fold, int label, double weight, double[] scores) {
  /** Whether a candidate gave finite scores, or minus infinity for classes other than the row's. */
  boolean isScored(int candidate, int classes) {
    return SoftmaxCrossFit.isScored(scores, candidate * classes, classes)
        && scores[candidate * classes + label] > Double.NEGATIVE_INFINITY;
  }
}
