// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * How many models are compared, and on what.
 *
 * @param candidates C, at least 1
 * @param folds F, at least 1
 * @param classes K, at least 1
 */
public record CrossFitShape(int candidates, int folds, int classes) {
  /** Fewer sampled rows than this would say nothing. */
  private static final int LEAST_ROWS = 32;

  /** Checks the ranges. */
  public CrossFitShape {
    if (candidates < 1 || folds < 1 || classes < 1) {
      throw new IllegalArgumentException(
          "candidates, folds and classes must be at least 1, found "
              + candidates
              + ", "
              + folds
              + " and "
              + classes);
    }
    if ((long) candidates * classes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "candidates times classes must stay below 2^31, found " + candidates + " x " + classes);
    }
  }

  /** Rows whose C K scores together are about so many numbers; at least 32. */
  int rowsFor(int scores) {
    return Math.max(LEAST_ROWS, scores / (candidates * classes));
  }

  void checkRow(int fold, int label, double weight, double[] scores) {
    if (fold < 0 || fold >= folds) {
      throw new IllegalArgumentException(
          "the fold of a row must lie in 0 to " + (folds - 1) + ", found " + fold);
    }
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "the class of a row must lie in 0 to " + (classes - 1) + ", found " + label);
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of a row must be finite and at least 0, found " + weight);
    }
    if (scores.length < candidates * classes) {
      throw new IllegalArgumentException(
          "a row must have "
              + candidates * classes
              + " scores, one for each candidate and class, found "
              + scores.length);
    }
  }

  void requireEqual(CrossFitShape other) {
    if (!equals(other)) {
      throw new IllegalArgumentException(
          "scores merge only when candidates, folds and classes agree: " + this + " and " + other);
    }
  }
}
