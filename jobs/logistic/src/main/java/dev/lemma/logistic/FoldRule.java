// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.random.RowSampling;

/**
 * The fold of a row: a function of its key and of F alone, the same in every run whatever its seed,
 * so that statistics of different days and deletions of their rows fit together.
 */
final class FoldRule {
  private FoldRule() {}

  static RowSampling sampling() {
    return RowSampling.of("folds", 0);
  }
}
