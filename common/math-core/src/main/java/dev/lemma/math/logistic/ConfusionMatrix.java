// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.function.IntToDoubleFunction;

/**
 * Weights of rows by actual and predicted class. A ratio whose denominator is 0 is 0; means over
 * classes are over those that occur, as actual or as predicted ones, and 0 where none do.
 *
 * @param cells K x K, row-major, actual class by row; empty for more than {@value #MOST_CLASSES}
 *     classes, whose matrix would be larger than what it says
 * @param actual weight of each class
 * @param predicted weight of what was predicted as each class
 * @param hits weight of each class that was predicted rightly
 */
public record ConfusionMatrix(double[] cells, double[] actual, double[] predicted, double[] hits) {
  /** The most classes of which all cells are kept. */
  public static final int MOST_CLASSES = 256;

  /** Copies the arrays in. */
  public ConfusionMatrix {
    int classes = actual.length;
    if (predicted.length != classes
        || hits.length != classes
        || cells.length != 0 && cells.length != classes * classes) {
      throw new IllegalArgumentException(
          "the parts of a confusion matrix must be of the same "
              + classes
              + " classes, found "
              + predicted.length
              + ", "
              + hits.length
              + " and "
              + cells.length
              + " cells");
    }
    cells = cells.clone();
    actual = actual.clone();
    predicted = predicted.clone();
    hits = hits.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] cells() {
    return cells.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] actual() {
    return actual.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] predicted() {
    return predicted.clone();
  }

  /** Copies the array out. */
  @Override
  public double[] hits() {
    return hits.clone();
  }

  /** K. */
  public int classes() {
    return actual.length;
  }

  /** Whether all cells are known. */
  public boolean hasCells() {
    return cells.length > 0;
  }

  /**
   * Weight of the rows of one class that were taken for another.
   *
   * @throws IllegalStateException if cells are not known
   */
  public double cell(int actualClass, int predictedClass) {
    if (!hasCells()) {
      throw new IllegalStateException(
          "the cells of a confusion matrix are kept up to "
              + MOST_CLASSES
              + " classes, found "
              + classes());
    }
    return cells[actualClass * classes() + predictedClass];
  }

  /** Share of all that was predicted rightly; NaN without weight. */
  public double accuracy() {
    double right = 0;
    double all = 0;
    for (int k = 0; k < classes(); k++) {
      right += hits[k];
      all += actual[k];
    }
    return right / all;
  }

  /** Share of what was predicted as a class that is of it. */
  public double precision(int label) {
    return predicted[label] > 0 ? hits[label] / predicted[label] : 0;
  }

  /** Share of a class that was predicted as it. */
  public double recall(int label) {
    return actual[label] > 0 ? hits[label] / actual[label] : 0;
  }

  /** Harmonic mean of precision and recall of a class. */
  public double f1(int label) {
    double sum = actual[label] + predicted[label];
    return sum > 0 ? 2 * hits[label] / sum : 0;
  }

  /** Mean of {@link #recall} over the classes that occur: balanced accuracy. */
  public double macroRecall() {
    return macro(this::recall);
  }

  /** Mean of {@link #precision} over the classes that occur. */
  public double macroPrecision() {
    return macro(this::precision);
  }

  /** Mean of {@link #f1} over the classes that occur. */
  public double macroF1() {
    return macro(this::f1);
  }

  /** Mean of {@link #f1}, classes weighted by their rows; NaN without weight. */
  public double weightedF1() {
    double sum = 0;
    double all = 0;
    for (int k = 0; k < classes(); k++) {
      sum += actual[k] * f1(k);
      all += actual[k];
    }
    return sum / all;
  }

  private double macro(IntToDoubleFunction metric) {
    double sum = 0;
    int count = 0;
    for (int k = 0; k < classes(); k++) {
      if (actual[k] + predicted[k] > 0) {
        sum += metric.applyAsDouble(k);
        count++;
      }
    }
    return count > 0 ? sum / count : 0;
  }
}
