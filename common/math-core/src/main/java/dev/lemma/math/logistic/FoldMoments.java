// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PairwiseMerge;
import dev.lemma.math.random.RowKey;
import dev.lemma.math.random.RowSampling;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The moments of F disjoint folds of one data set. What a model needs that leaves a fold out is the
 * total less that fold: no further pass over the data. Immutable and thread-safe.
 *
 * @param folds moments of the folds 0 to F - 1, alike in classes, features and layout; at least one
 */
public record FoldMoments(List<ClassMoments> folds) implements Serializable {
  // The same for every run, whatever its seed, so that statistics of many days keep their folds.
  private static final RowSampling FOLDS = RowSampling.of("folds", 0);

  /** Checks that the folds are alike. */
  public FoldMoments {
    folds = List.copyOf(folds);
    if (folds.isEmpty()) {
      throw new IllegalArgumentException("there is at least 1 fold, found none");
    }
    for (ClassMoments fold : folds) {
      folds.get(0).requireSameShape(fold);
    }
  }

  /** The moments of no rows in F folds. */
  public static FoldMoments empty(int folds, int classes, int features, ScatterLayout layout) {
    List<ClassMoments> made = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      made.add(ClassMoments.empty(classes, features, layout));
    }
    return new FoldMoments(made);
  }

  /**
   * The fold of a row: a function of its key and F alone.
   *
   * @param folds F, at least 1
   * @return a number from 0 to F - 1
   */
  public static int foldOf(RowKey key, int folds) {
    return FOLDS.fold(key, folds);
  }

  /** Number of folds, F. */
  public int count() {
    return folds.size();
  }

  /** The moments of one fold. */
  public ClassMoments fold(int fold) {
    return folds.get(fold);
  }

  /** The moments of all rows, the folds being merged pairwise by index. */
  public ClassMoments total() {
    return PairwiseMerge.of(folds, ClassMoments::merge);
  }

  /**
   * The moments of all rows outside a fold, by subtraction. Who needs it for every fold forms the
   * {@link #total} once and subtracts from it.
   */
  public ClassMoments leaveOut(int fold) {
    return total().subtract(fold(fold));
  }

  /**
   * Merges fold by fold.
   *
   * @throws IllegalArgumentException if F, K, d or the layout differ
   */
  public FoldMoments merge(FoldMoments other) {
    return combine(other, ClassMoments::merge);
  }

  /**
   * Subtracts fold by fold; see {@link ClassMoments#subtract}.
   *
   * @throws IllegalArgumentException if F, K, d or the layout differ, or the other is not part of
   *     this
   */
  public FoldMoments subtract(FoldMoments other) {
    return combine(other, ClassMoments::subtract);
  }

  /** Every weight multiplied by gamma in (0, 1]; see {@link ClassMoments#decay}. */
  public FoldMoments decay(double gamma) {
    return map(fold -> fold.decay(gamma));
  }

  /** The same change made to every fold, for example another choice of features. */
  public FoldMoments map(UnaryOperator<ClassMoments> change) {
    return new FoldMoments(folds.stream().map(change).toList());
  }

  private FoldMoments combine(FoldMoments other, BinaryOperator<ClassMoments> operation) {
    if (other.count() != count()) {
      throw new IllegalArgumentException(
          "moments of "
              + count()
              + " folds cannot be combined with moments of "
              + other.count()
              + " folds");
    }
    List<ClassMoments> combined = new ArrayList<>();
    for (int f = 0; f < count(); f++) {
      combined.add(operation.apply(fold(f), other.fold(f)));
    }
    return new FoldMoments(combined);
  }
}
