// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.MergeTree;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.FoldMoments;
import dev.lemma.math.logistic.ScatterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;

/**
 * Statistics as parts on the executors: one for each value of the key columns, each fold, and each
 * of additions and deletions. A part holds {@link NamedMoments}.
 */
final class StatisticsParts {
  private StatisticsParts() {}

  /** The number of a part's group: fold, and whether it holds deletions. */
  static int number(int fold, boolean removed) {
    return 2 * fold + (removed ? 1 : 0);
  }

  static int fold(Group group) {
    return group.number >> 1;
  }

  static boolean isRemoved(Group group) {
    return (group.number & 1) == 1;
  }

  /** Joins parts, and counts of rows. */
  static MergeTree.Merge merge(StatisticsSize size) {
    return (left, right) ->
        left instanceof RowTally tally
            ? tally.plus((RowTally) right)
            : ((NamedMoments) left).merge((NamedMoments) right, size);
  }

  /** One scan of all rows: the parts merged on the executors, and the counts of rows among them. */
  static JavaRDD<Part<Group>> scan(Scan scan, StatisticsSize size, String label) {
    // Of key columns a task holds as many values as fit.
    double expected = scan.hasKeys() ? 2.0 * size.memory() : size.leastBytes();
    return scan.reduced(scanned(scan, size, label), merge(size), expected);
  }

  /** The same brought to the driver, of rows without key columns. */
  static List<Part<Group>> take(Scan scan, StatisticsSize size, String label) {
    return scan.gathered(scanned(scan, size, label), merge(size), size.leastBytes());
  }

  private static JavaRDD<Part<Group>> scanned(Scan scan, StatisticsSize size, String label) {
    MomentPass pass = new MomentPass(size, scan.kernel(), label);
    return scan.parts(pass).flatMap(part -> byFold(part).iterator());
  }

  /** Folds are merged apart, so that no task need hold all of them. */
  private static List<Part<Group>> byFold(Part<Group> part) {
    return part.group().isTally() ? List.of(part) : ((MomentState) part.value()).parts(part);
  }

  /**
   * The parts of one key as statistics, deletions taken off.
   *
   * @param parts those of one value of the key columns
   * @param where the place that they came from, for messages
   * @throws LemmaException with {@link ExitCode#INPUT} if more was deleted than was there
   */
  static Statistics gather(
      List<Part<Group>> parts, StatisticsHeader header, StatisticsSize size, String where) {
    TreeSet<String> names = new TreeSet<>();
    boolean pooled = false;
    for (Part<Group> part : parts) {
      NamedMoments moments = (NamedMoments) part.value();
      names.addAll(moments.classes());
      pooled |= moments.moments().layout() == ScatterLayout.POOLED;
    }
    List<String> classes = ClassNames.ordered(names);
    pooled |= size.layoutFor(classes.size()) == ScatterLayout.POOLED;
    ScatterLayout layout = pooled ? ScatterLayout.POOLED : ScatterLayout.PER_CLASS;
    int k = Math.max(1, classes.size());
    ClassMoments none = ClassMoments.empty(k, header.features(), layout);
    ClassMoments[] added = new ClassMoments[header.folds()];
    ClassMoments[] removed = new ClassMoments[header.folds()];
    for (Part<Group> part : parts) {
      ClassMoments moments = ((NamedMoments) part.value()).aligned(classes);
      (isRemoved(part.group()) ? removed : added)[fold(part.group())] =
          pooled ? moments.pooled() : moments;
    }
    List<ClassMoments> folds = new ArrayList<>();
    for (int fold = 0; fold < added.length; fold++) {
      ClassMoments plus = added[fold] == null ? none : added[fold];
      folds.add(removed[fold] == null ? plus : less(plus, removed[fold], classes, where));
    }
    return new Statistics(header, classes, new FoldMoments(folds));
  }

  /**
   * Takes moments away from those that they were added to.
   *
   * @param classes names of the classes of both
   * @throws LemmaException with {@link ExitCode#INPUT} if they are not part of them
   */
  static ClassMoments less(
      ClassMoments whole, ClassMoments part, List<String> classes, String where) {
    try {
      NamedMoments.requireWithin(classes, whole, part);
      return whole.subtract(part);
    } catch (IllegalArgumentException e) {
      throw notContained(where, e);
    }
  }

  static LemmaException notContained(String where, IllegalArgumentException e) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            where,
            "more would be taken away than is there: " + e.getMessage(),
            "take away only what was added before, by the same ids and folds"),
        e);
  }
}
