// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A scored row that was kept.
 *
 * @param scores candidates x K, row-major
 */
record SampledRow(int fold, int label, double weight, double[] scores)
    implements Comparable<SampledRow> {
  private static final Comparator<SampledRow> BY_CONTENT =
      Comparator.comparingInt(SampledRow::fold)
          .thenComparingInt(SampledRow::label)
          .thenComparingDouble(SampledRow::weight)
          .thenComparing(SampledRow::scores, Arrays::compare);

  /** Orders rows with equal keys, so that which came first leaves no trace. */
  @Override
  public int compareTo(SampledRow other) {
    return BY_CONTENT.compare(this, other);
  }

  /** Whether a candidate gave finite scores, or minus infinity for classes other than the row's. */
  boolean isScored(int candidate, int classes) {
    return SoftmaxCrossFit.isScored(scores, candidate * classes, classes)
        && scores[candidate * classes + label] > Double.NEGATIVE_INFINITY;
  }
}
