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

/** The pass of the model of independent features, for rows too wide for a scatter matrix. */
final class DiagonalPass implements RowPass<DiagonalPass.State> {
  private static final long serialVersionUID = 1L;

  /** Sum and sum of squares, each in two parts. */
  private static final double NUMBERS = 4;

  private static final int LEAST_CLASSES = 2;

  private final int features;
  private final int mostClasses;
  private final String label;

  /**
   * @param features d
   * @param memory most bytes of a state
   * @param label the label's key and column, for messages
   */
  DiagonalPass(int features, long memory, String label) {
    this.features = features;
    this.mostClasses = (int) Math.min(1 << 24, memory / Math.max(1, bytes(1, features)));
    this.label = label;
  }

  /** Moments with the names of their classes, by number; a plain class for every serializer. */
  static final class State implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] classes;
    private final DiagonalMoments moments;

    State(List<String> classes, DiagonalMoments moments) {
      this.classes = classes.toArray(String[]::new);
      this.moments = moments;
    }

    /** The moments of the classes with rows, in the order of {@link ClassNames}. */
    DiagonalMoments arranged(List<String> order) {
      return new DiagonalMoments(order.size(), moments.features()).merge(moments, numbers(order));
    }

    /** The classes with rows in their order. */
    List<String> present() {
      List<String> names = new ArrayList<>();
      for (int k = 0; k < moments.classes(); k++) {
        if (moments.rows(k) > 0) {
          names.add(classes[k]);
        }
      }
      return ClassNames.ordered(names);
    }

    /** The place of each class; of one without rows it does not matter. */
    private int[] numbers(List<String> order) {
      Map<String, Integer> where = new HashMap<>();
      for (int k = 0; k < order.size(); k++) {
        where.put(order.get(k), k);
      }
      int[] numbers = new int[moments.classes()];
      Arrays.setAll(numbers, k -> where.getOrDefault(classes[k], -1));
      return numbers;
    }
  }

  static double bytes(int classes, int features) {
    return NUMBERS * classes * features * Double.BYTES;
  }

  /** Refuses d where not even the sums of two classes fit. */
  static Optional<Problem> tooWide(int features, long memory) {
    double needed = bytes(LEAST_CLASSES, features);
    return needed <= memory
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "columns.features",
                "too wide for means and variances of d = " + features,
                ByteSize.describe(needed),
                "at most memory = " + ByteSize.describe(memory),
                "raise memory, or project the features first with job project"));
  }

  @Override
  public Rows<State> begin() {
    DiagonalMoments moments = new DiagonalMoments(0, features);
    SparseEntries entries = new SparseEntries();
    return new Rows<>() {
      @Override
      public void add(LabelledRow row) {
        require(row.label() + 1);
        FeatureBuffer x = row.features();
        if (x.isSparse()) {
          int[] columns = entries.of(x.sparse());
          moments.add(row.label(), row.weight(), columns, x.sparse().values(), x.sparse().size());
        } else {
          moments.add(row.label(), row.weight(), x.doubles());
        }
      }

      @Override
      public State finish(List<String> classes) {
        return new State(classes, moments);
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
    return new State(order, left.moments.merge(right.moments, right.numbers(order)));
  }
}
