// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.Part;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.FoldMoments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The moments of the rows of one partition or leaf, or of several: for each fold those of rows
 * added, and those of rows taken away if there are any. A plain class, which every serializer of
 * Spark takes.
 */
final class MomentState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** By {@link StatisticsParts#number}; null where nothing was taken away. */
  private final NamedMoments[] byNumber;

  private MomentState(NamedMoments[] byNumber) {
    this.byNumber = byNumber;
  }

  /**
   * The state of finished sums.
   *
   * @param classes the classes by number
   * @param added the moments of rows of positive weight
   * @param removed those of rows of negative weight, by its size; null where there are none
   */
  static MomentState of(List<String> classes, FoldMoments added, FoldMoments removed) {
    NamedMoments[] byNumber = new NamedMoments[2 * added.count()];
    for (int fold = 0; fold < added.count(); fold++) {
      byNumber[StatisticsParts.number(fold, false)] = present(classes, added.fold(fold));
      if (removed != null) {
        byNumber[StatisticsParts.number(fold, true)] = present(classes, removed.fold(fold));
      }
    }
    return new MomentState(byNumber);
  }

  /** Without the classes that have no rows in this fold. */
  private static NamedMoments present(List<String> classes, ClassMoments moments) {
    List<String> names = new ArrayList<>();
    int[] numbers = new int[moments.classes()];
    for (int k = 0; k < numbers.length; k++) {
      boolean there = moments.rows(k) > 0;
      numbers[k] = there ? names.size() : -1;
      if (there) {
        names.add(classes.get(k));
      }
    }
    return NamedMoments.of(names, moments.renumberClasses(numbers, Math.max(1, names.size())));
  }

  /** The moments of the rows of both, fold by fold. */
  MomentState merge(MomentState other, StatisticsSize size) {
    NamedMoments[] merged = byNumber.clone();
    for (int i = 0; i < merged.length; i++) {
      NamedMoments theirs = other.byNumber[i];
      if (merged[i] == null) {
        merged[i] = theirs;
      } else if (theirs != null) {
        merged[i] = merged[i].merge(theirs, size);
      }
    }
    return new MomentState(merged);
  }

  /** A part for each fold, and each of additions and deletions. */
  List<Part<Group>> parts(Part<Group> whole) {
    List<Part<Group>> parts = new ArrayList<>();
    for (int i = 0; i < byNumber.length; i++) {
      if (byNumber[i] != null) {
        parts.add(new Part<>(new Group(whole.group().keys, i), whole.index(), byNumber[i]));
      }
    }
    return parts;
  }
}
