// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.DiagonalMoments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pass that finds means and variances by class and fold: for rows too wide for a scatter
 * matrix.
 */
final class DiagonalPass implements RowPass<DiagonalPass.State> {
  private static final long serialVersionUID = 1L;

  /** Sum and sum of squares, each in two parts. */
  private static final double NUMBERS = 4;

  private static final int LEAST_CLASSES = 2;

  private final int features;
  private final int folds;
  private final int mostClasses;
  private final String label;

  /**
   * @param features d
   * @param folds F
   * @param memory most bytes of a state
   * @param label the label's key and column, for messages
   */
  DiagonalPass(int features, int folds, long memory, String label) {
    this.features = features;
    this.folds = folds;
    this.mostClasses =
        (int) Math.min((1 << 24) / folds, memory / Math.max(1, bytes(1, folds, features)));
    this.label = label;
  }

  /**
   * Moments with the names of their classes: those of class k in fold f have the number k F + f. A
   * plain class for every serializer.
   */
  static final class State implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] classes;
    private final int folds;
    private final DiagonalMoments moments;

    State(List<String> classes, int folds, DiagonalMoments moments) {
      this.classes = classes.toArray(String[]::new);
      this.folds = folds;
      this.moments = moments;
    }

    /** The moments of the classes with rows, in this order. */
    DiagonalMoments arranged(List<String> order) {
      return new DiagonalMoments(order.size() * folds, moments.features())
          .merge(moments, numbers(order));
    }

    /** The classes with rows in their order. */
    List<String> present() {
      List<String> names = new ArrayList<>();
      for (int k = 0; k < classes.length; k++) {
        boolean found = false;
        for (int i = k * folds; i < Math.min(moments.classes(), (k + 1) * folds); i++) {
          found |= moments.rows(i) > 0;
        }
        if (found) {
          names.add(classes[k]);
        }
      }
      return ClassNames.ordered(names);
    }

    /** The place of each class in each fold; below 0 for a class that is not in the order. */
    private int[] numbers(List<String> order) {
      Map<String, Integer> where = new HashMap<>();
      for (int k = 0; k < order.size(); k++) {
        where.put(order.get(k), k);
      }
      int[] numbers = new int[moments.classes()];
      Arrays.setAll(
          numbers,
          i -> {
            int k = where.getOrDefault(classes[i / folds], -1);
            return k < 0 ? -1 : k * folds + i % folds;
          });
      return numbers;
    }
  }

  /** Bytes of the sums. */
  static double bytes(int classes, int folds, int features) {
    return NUMBERS * classes * folds * features * Double.BYTES;
  }

  /** Refuses d where not even the sums of two classes fit. */
  static Optional<Problem> tooWide(int features, int folds, long memory) {
    double needed = bytes(LEAST_CLASSES, folds, features);
    return needed <= memory
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "columns.features",
                "too wide for means and variances of d = "
                    + features
                    + (folds > 1 ? " in " + folds + " folds" : ""),
                ByteSize.describe(needed),
                "at most memory = " + ByteSize.describe(memory),
                "raise memory, "
                    + (folds > 1 ? "lower folds, " : "")
                    + "or project the features first with job project"));
  }

  @Override
  public double expectedBytes() {
    return bytes(LEAST_CLASSES, folds, features);
  }

  @Override
  public Rows<State> begin() {
    DiagonalMoments moments = new DiagonalMoments(0, features);
    SparseEntries entries = new SparseEntries();
    return new Rows<>() {
      @Override
      public void add(LabelledRow row) {
        require(row.label() + 1);
        int number = row.label() * folds + row.fold();
        FeatureBuffer x = row.features();
        if (x.isSparse()) {
          int[] columns = entries.of(x.sparse());
          moments.add(number, row.weight(), columns, x.sparse().values(), x.sparse().size());
        } else {
          moments.add(number, row.weight(), x.doubles());
        }
      }

      @Override
      public State finish(List<String> classes) {
        return new State(classes, folds, moments);
      }
    };
  }

  private void require(int classes) {
    if (classes > mostClasses) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              label,
              "too many classes for d = " + features,
              "more than " + (classes - 1),
              "at most " + mostClasses + " in memory",
              "check that columns.label is a class and no number or id, or raise memory"));
    }
  }

  @Override
  public State merge(State left, State right) {
    Set<String> all = new LinkedHashSet<>(List.of(left.classes));
    all.addAll(List.of(right.classes));
    List<String> order = List.copyOf(all);
    require(order.size());
    return new State(order, folds, left.moments.merge(right.moments, right.numbers(order)));
  }
}
