// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.FeatureBuffer;

/** One good row as a pass sees it; the same object from row to row. */
public final class LabelledRow {
  private final FeatureBuffer features = new FeatureBuffer();
  int fold;
  int label;
  double weight;
  long keyFirst;
  long keySecond;

  LabelledRow() {}

  /** The fold, 0 to F - 1. */
  public int fold() {
    return fold;
  }

  /** The class: its number among those that the pass was begun with. */
  public int label() {
    return label;
  }

  /** The weight, finite; negative only where weights are signed. */
  public double weight() {
    return weight;
  }

  /** First half of the row key; 0 in a scan without keys. */
  public long keyFirst() {
    return keyFirst;
  }

  /** Second half of the row key; 0 in a scan without keys. */
  public long keySecond() {
    return keySecond;
  }

  /** The features in double precision, dense or sparse as they are stored. */
  public FeatureBuffer features() {
    return features;
  }
}
