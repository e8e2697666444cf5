// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ScatterLayout;
import java.io.Serializable;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The moments of one fold with the names of their classes, which are in order. Never changed once
 * made; a plain class, which every serializer of Spark takes.
 */
final class NamedMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] classes;
  private final ClassMoments moments;

  private NamedMoments(String[] classes, ClassMoments moments) {
    this.classes = classes;
    this.moments = moments;
  }

  /**
   * Moments whose classes stand in any order.
   *
   * @param names of the classes 0, 1, ...; none when there are no rows, whatever the moments' K
   */
  static NamedMoments of(List<String> names, ClassMoments moments) {
    List<String> ordered = ClassNames.ordered(names);
    ClassMoments inOrder =
        names.isEmpty() || ordered.equals(names)
            ? moments
            : moments.renumberClasses(ClassNames.positions(names, ordered), names.size());
    return new NamedMoments(ordered.toArray(String[]::new), inOrder);
  }

  /** The classes in order. */
  List<String> classes() {
    return List.of(classes);
  }

  /** Their moments. */
  ClassMoments moments() {
    return moments;
  }

  /** The moments with these classes, among which its own are. */
  ClassMoments aligned(List<String> all) {
    if (all.isEmpty() || all.equals(classes())) {
      return moments;
    }
    return classes.length == 0
        ? ClassMoments.empty(all.size(), moments.features(), moments.layout())
        : moments.renumberClasses(ClassNames.positions(classes(), all), all.size());
  }

  /** The moments of the rows of both; pooled where a scatter for each class would not fit. */
  NamedMoments merge(NamedMoments other, StatisticsSize size) {
    return combine(other, size, ClassMoments::merge);
  }

  /** The moments of the rows of this without those of the other. */
  NamedMoments subtract(NamedMoments other, StatisticsSize size) {
    return combine(
        other,
        size,
        (whole, part) -> {
          requireWithin(ClassNames.union(classes(), other.classes()), whole, part);
          return whole.subtract(part);
        });
  }

  /**
   * Refuses to take more of a class than there is, by its name.
   *
   * @param classes names of the classes of both
   * @throws IllegalArgumentException if {@code part} is not within {@code whole}
   */
  static void requireWithin(List<String> classes, ClassMoments whole, ClassMoments part) {
    for (int k = 0; k < classes.size(); k++) {
      if (part.rows(k) > whole.rows(k)) {
        throw new IllegalArgumentException(
            "class "
                + classes.get(k)
                + " has "
                + whole.rows(k)
                + " rows, from which "
                + part.rows(k)
                + " cannot be subtracted");
      }
      if (part.rows(k) < whole.rows(k) && !(part.weight(k) < whole.weight(k))) {
        throw new IllegalArgumentException(
            "class "
                + classes.get(k)
                + " has the weight "
                + whole.weight(k)
                + ", from which the weight "
                + part.weight(k)
                + " of fewer rows cannot be subtracted");
      }
    }
  }

  private NamedMoments combine(
      NamedMoments other, StatisticsSize size, BinaryOperator<ClassMoments> operation) {
    List<String> all = ClassNames.union(classes(), other.classes());
    if (all.isEmpty()) {
      return this;
    }
    boolean pooled =
        moments.layout() == ScatterLayout.POOLED
            || other.moments.layout() == ScatterLayout.POOLED
            || size.layoutFor(all.size()) == ScatterLayout.POOLED;
    ClassMoments left = aligned(all);
    ClassMoments right = other.aligned(all);
    return new NamedMoments(
        all.toArray(String[]::new),
        pooled ? operation.apply(left.pooled(), right.pooled()) : operation.apply(left, right));
  }

  /** Every weight multiplied by gamma. */
  NamedMoments decay(double gamma) {
    return gamma == 1 ? this : new NamedMoments(classes, moments.decay(gamma));
  }
}
