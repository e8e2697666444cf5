// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.MomentAccumulator;
import dev.lemma.math.logistic.MomentShape;
import dev.lemma.math.logistic.ScatterLayout;
import java.io.Serializable;
import java.util.Optional;

/**
 * How large statistics get, and what fits. The scatter of K classes takes K F d (d + 1) / 2 doubles
 * when each class has its own, F d (d + 1) / 2 pooled; means and third sums take 3 K F d.
 *
 * @param features d
 * @param folds F
 * @param memory most bytes that the statistics of one key may take
 */
record StatisticsSize(int features, int folds, long memory) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Vectors of d numbers a class: mean in two parts and third sum. */
  private static final long VECTORS = 3;

  /** Numbers of a class beside its vectors and scatter. */
  private static final long SCALARS = 8;

  /** Fewer classes than that separate nothing. */
  private static final int LEAST_CLASSES = 2;

  /** Bytes of one scatter matrix for each fold. */
  double scatterBytes() {
    return (double) folds * features * (features + 1.0) / 2 * Double.BYTES;
  }

  /** Bytes of the vectors of so many classes. */
  double vectorBytes(long classes) {
    return (double) classes * folds * (VECTORS * features + SCALARS) * Double.BYTES;
  }

  /** Bytes of the statistics of one key. */
  double bytes(long classes, ScatterLayout layout) {
    return vectorBytes(classes)
        + switch (layout) {
          case PER_CLASS -> classes * scatterBytes();
          case POOLED -> scatterBytes();
        };
  }

  /** Bytes of the statistics of one key with two classes. */
  double leastBytes() {
    return bytes(LEAST_CLASSES, layoutFor(LEAST_CLASSES));
  }

  /** The layout for so many classes: a scatter for each while K F d^2 / 2 doubles fit. */
  ScatterLayout layoutFor(long classes) {
    return classes * scatterBytes() <= memory ? ScatterLayout.PER_CLASS : ScatterLayout.POOLED;
  }

  /** Most classes that get a scatter each. */
  long mostPerClass() {
    return (long) (memory / scatterBytes());
  }

  /** Bytes that a task takes for one key: the statistics of two classes, and rows on their way. */
  double taskBytes() {
    ScatterLayout layout = layoutFor(LEAST_CLASSES);
    MomentShape shape = new MomentShape(folds, LEAST_CLASSES, features, layout);
    double sums = vectorBytes(LEAST_CLASSES) + MomentAccumulator.fastSumBytes(shape);
    return Math.max(bytes(LEAST_CLASSES, layout), sums)
        + (double) shape.blockRows() * features * Double.BYTES;
  }

  /** Most values of the key columns that one task sums at the same time, at least 1. */
  int mostKeys() {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, 2.0 * memory / taskBytes()));
  }

  /** Most classes whose vectors and pooled scatter fit. */
  long mostClasses() {
    return (long) ((memory - scatterBytes()) / vectorBytes(1));
  }

  /**
   * Refuses d where not even the pooled scatter of two classes fits, naming the memory that it
   * would take and the ways out.
   */
  Optional<Problem> tooWide() {
    double needed = bytes(LEAST_CLASSES, ScatterLayout.POOLED);
    if (needed <= memory && features <= MomentShape.MAX_FEATURES) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            "columns.features",
            "too wide for a scatter matrix of d = " + features + " in " + folds + " folds",
            ByteSize.describe(needed),
            "at most memory = " + ByteSize.describe(memory),
            "project the features first with job project (k up to "
                + widest()
                + " fits), raise memory or lower folds, or fit without the matrix: logistic-fit"
                + " with estimator = conjugate-gradients (some passes more), or with passes = 1 and"
                + " estimator = diagonal"));
  }

  /** The largest d whose pooled scatter fits. */
  long widest() {
    double doubles = (double) memory / folds / Double.BYTES;
    long width = (long) ((Math.sqrt(1 + 8 * doubles) - 1) / 2);
    while (width > 1
        && new StatisticsSize((int) Math.min(width, MomentShape.MAX_FEATURES), folds, memory)
                .bytes(LEAST_CLASSES, ScatterLayout.POOLED)
            > memory) {
      width--;
    }
    return Math.min(width, MomentShape.MAX_FEATURES);
  }

  /** What ends a run that meets more classes than fit. */
  LemmaException tooManyClasses(String label, long found) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            label,
            "too many classes for d = " + features + " in " + folds + " folds",
            "more than " + (found - 1),
            "at most " + mostClasses() + " in memory = " + ByteSize.describe(memory),
            "check that columns.label is a class and no number or id, or raise memory"));
  }
}
