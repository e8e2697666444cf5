// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.FoldMoments;
import java.util.List;

/**
 * Statistics in the driver's memory: what a model is solved from.
 *
 * @param header what they are of
 * @param classes the classes by number; empty when there were no rows, K being 1 then
 * @param moments their moments by fold, deletions taken off
 */
public record Statistics(StatisticsHeader header, List<String> classes, FoldMoments moments) {
  /** Takes a copy. */
  public Statistics {
    classes = List.copyOf(classes);
  }

  /** The moments of all folds. */
  public ClassMoments total() {
    return moments.total();
  }

  /** The total with these classes, among which its own are. */
  ClassMoments totalOf(List<String> all) {
    return NamedMoments.of(classes, total()).aligned(all);
  }
}
