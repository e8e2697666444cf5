// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of a generalised linear model, in the order in which they are summed. Immutable; 8 m (d + 1)
 * bytes, and 8 m more where rows have weights.
 */
public final class GlmBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int columns;
  private final double[] x;
  private final double[] labels;
  private final double[] weights;

  private GlmBlock(int rows, int columns, double[] x, double[] labels, double[] weights) {
    this.rows = rows;
    this.columns = columns;
    this.x = x;
    this.labels = labels;
    this.weights = weights;
  }

  /**
   * Rows without weights: each counts once.
   *
   * @param columns d
   * @param x m x d numbers, row by row, finite; kept
   * @param labels m labels; kept
   */
  public static GlmBlock of(int columns, double[] x, double[] labels) {
    return of(columns, x, labels, new double[0]);
  }

  /**
   * Rows with weights: the log likelihood of a row counts so many times.
   *
   * @param columns d
   * @param x m x d numbers, row by row, finite; kept
   * @param labels m labels; kept
   * @param weights m weights, at least 0; or none, where each row counts once; kept
   */
  public static GlmBlock of(int columns, double[] x, double[] labels, double[] weights) {
    Objects.requireNonNull(weights, "weights");
    if (columns < 1 || x.length != (long) columns * labels.length) {
      throw new IllegalArgumentException(
          labels.length + " rows of " + columns + " columns do not make " + x.length + " numbers");
    }
    if (weights.length != 0 && weights.length != labels.length) {
      throw new IllegalArgumentException(
          "there are " + weights.length + " weights for " + labels.length + " rows");
    }
    boolean plain = Arrays.stream(weights).allMatch(weight -> weight == 1);
    return new GlmBlock(labels.length, columns, x, labels, plain ? new double[0] : weights);
  }

  /** m. */
  public int rows() {
    return rows;
  }

  /** d. */
  public int columns() {
    return columns;
  }

  /** The label of row i. */
  public double label(int i) {
    return labels[i];
  }

  /** The weight of row i. */
  public double weight(int i) {
    return weights.length == 0 ? 1 : weights[i];
  }

  /** Number j of row i. */
  public double x(int i, int j) {
    return x[i * columns + j];
  }

  /** The m x d numbers, row by row; the block's own. */
  double[] x() {
    return x;
  }

  /**
   * The linear predictor of row i: x_i'b with b at {@code from}, summed in the order of columns.
   */
  public double predictor(int i, double[] b, int from) {
    double sum = 0;
    int at = i * columns;
    for (int j = 0; j < columns; j++) {
      sum += x[at + j] * b[from + j];
    }
    return sum;
  }
}
