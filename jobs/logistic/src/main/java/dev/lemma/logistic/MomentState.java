// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.FoldMoments;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The moments of the rows of one partition or leaf. A plain class, which every serializer of Spark
 * takes.
 */
final class MomentState implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] classes;
  private final FoldMoments added;
  private final FoldMoments removed;

  /**
   * @param classes the classes by number
   * @param added the moments of rows of positive weight
   * @param removed those of rows of negative weight, by its size; null where there are none
   */
  MomentState(List<String> classes, FoldMoments added, FoldMoments removed) {
    this.classes = classes.toArray(String[]::new);
    this.added = added;
    this.removed = removed;
  }

  List<String> classes() {
    return List.of(classes);
  }

  FoldMoments added() {
    return added;
  }

  Optional<FoldMoments> removed() {
    return Optional.ofNullable(removed);
  }
}
