// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.logistic.LinearModel;
import java.io.Serializable;

/**
 * The scores of rows by a model, laid out for speed; what of a model travels to tasks. A row has
 * the same scores, bit for bit, whether it is written dense or sparse. Thread-safe.
 *
 * <p>Two classes have one logit z and the scores -z/2 and z/2, 2 d flops a row; K classes cost 2 K
 * d. For sparse rows d is the number of their entries.
 */
final class Scorer implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Independent sums of a logit, so that one addition need not wait for another. */
  private static final int CHAINS = 4;

  private final int classes;
  private final int features;
  private final double[] intercepts;
  // For two classes the slope of the logit, in rows[0]; else K weights for each feature, so that
  // the inner loop runs along an array from its beginning.
  private final double[][] rows;

  private Scorer(int classes, int features, double[] intercepts, double[][] rows) {
    this.classes = classes;
    this.features = features;
    this.intercepts = intercepts;
    this.rows = rows;
  }

  /** The scorer of a model of at least two classes. */
  static Scorer of(LinearModel model) {
    int k = model.classes();
    int d = model.features();
    if (k == 2) {
      return new Scorer(
          k, d, new double[] {model.logitIntercept(1, 0)}, new double[][] {model.logitSlope(1, 0)});
    }
    double[][] rows = new double[d][k];
    for (int j = 0; j < d; j++) {
      for (int c = 0; c < k; c++) {
        rows[j][c] = model.coefficient(c, j);
      }
    }
    return new Scorer(k, d, model.intercepts(), rows);
  }

  /** K. */
  int classes() {
    return classes;
  }

  /** d. */
  int features() {
    return features;
  }

  /**
   * Scores of a dense row.
   *
   * @param x d numbers
   * @param out receives K scores
   */
  void scores(double[] x, double[] out) {
    if (x.length != features) {
      throw wrongLength(x.length);
    }
    if (classes == 2) {
      split(logit(x), out);
      return;
    }
    System.arraycopy(intercepts, 0, out, 0, classes);
    for (int j = 0; j < features; j++) {
      add(rows[j], x[j], out);
    }
  }

  /**
   * Scores of a sparse row.
   *
   * @param indices ascending, 0 to d - 1
   * @param values as many
   * @param out receives K scores
   */
  void scores(int[] indices, double[] values, double[] out) {
    if (classes == 2) {
      double[] slope = rows[0];
      double[] sums = new double[CHAINS];
      for (int i = 0; i < indices.length; i++) {
        sums[indices[i] % CHAINS] += slope[indices[i]] * values[i];
      }
      split(total(sums[0], sums[1], sums[2], sums[3]), out);
      return;
    }
    System.arraycopy(intercepts, 0, out, 0, classes);
    for (int i = 0; i < indices.length; i++) {
      add(rows[indices[i]], values[i], out);
    }
  }

  /** As for arrays. */
  void scores(SparseRow row, double[] out) {
    long[] ids = row.ids();
    double[] values = row.values();
    if (classes == 2) {
      double[] slope = rows[0];
      double[] sums = new double[CHAINS];
      for (int i = 0; i < row.size(); i++) {
        int j = (int) ids[i];
        sums[j % CHAINS] += slope[j] * values[i];
      }
      split(total(sums[0], sums[1], sums[2], sums[3]), out);
      return;
    }
    System.arraycopy(intercepts, 0, out, 0, classes);
    for (int i = 0; i < row.size(); i++) {
      add(rows[(int) ids[i]], values[i], out);
    }
  }

  /** What is said of a row with another number of features. */
  IllegalArgumentException wrongLength(int found) {
    return new IllegalArgumentException(
        "a row must have the model's " + features + " features, found " + found);
  }

  private double logit(double[] x) {
    double[] slope = rows[0];
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + CHAINS <= x.length; j += CHAINS) {
      a += slope[j] * x[j];
      b += slope[j + 1] * x[j + 1];
      c += slope[j + 2] * x[j + 2];
      d += slope[j + 3] * x[j + 3];
    }
    a += j < x.length ? slope[j] * x[j] : 0;
    b += j + 1 < x.length ? slope[j + 1] * x[j + 1] : 0;
    c += j + 2 < x.length ? slope[j + 2] * x[j + 2] : 0;
    return total(a, b, c, d);
  }

  private double total(double a, double b, double c, double d) {
    return intercepts[0] + ((a + b) + (c + d));
  }

  private static void split(double logit, double[] out) {
    out[0] = -0.5 * logit;
    out[1] = 0.5 * logit;
  }

  private static void add(double[] weights, double x, double[] out) {
    for (int k = 0; k < weights.length; k++) {
      out[k] += weights[k] * x;
    }
  }
}
