// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * The objective of {@link CalibrationFit} for K classes, over a = ln s and t_2 ... t_K, on rows
 * whose scores are known.
 *
 * <p>Up to {@value #MOST_CLASSES} classes the Hessian is the true one. Beyond, that of the offsets
 * is replaced by n (diag(q) - q q'), q being the mean probabilities, which is never below it
 * because the mean of p p' is never below q q'; and the cross terms with the scale are left out.
 * Newton's method then still descends, only more slowly, in steps of cost K.
 */
final class SoftmaxObjective implements DampedNewton.Objective {
  /** The most classes with K x K Hessians. */
  static final int MOST_CLASSES = 256;

  private final int classes;
  private final double[][] scores;
  private final int offset;
  private final int[] labels;
  private final double[] weights;
  private final double n;
  private final double unit;
  private final double[] eta;

  /**
   * The objective of one candidate.
   *
   * @param rows those in which it scored
   * @param candidate which of the rows' blocks of K scores
   * @param n number of independent rows they count as
   */
  SoftmaxObjective(List<SampledRow> rows, int candidate, int classes, double n) {
    this.classes = classes;
    this.offset = candidate * classes;
    scores = new double[rows.size()][];
    labels = new int[rows.size()];
    weights = new double[rows.size()];
    double total = 0;
    for (int i = 0; i < scores.length; i++) {
      SampledRow row = rows.get(i);
      scores[i] = row.scores();
      labels[i] = row.label();
      weights[i] = row.weight();
      total += row.weight();
    }
    this.n = n;
    unit = total > 0 ? n / total : 0;
    eta = new double[classes];
  }

  @Override
  public double value(double[] point) {
    double scale = Math.exp(point[0]);
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += weights[i] * loss(i, scale, point);
    }
    return unit * sum + prior(point);
  }

  private double loss(int row, double scale, double[] point) {
    eta[0] = scale * scores[row][offset];
    for (int k = 1; k < classes; k++) {
      eta[k] = scale * scores[row][offset + k] + point[k];
    }
    return Softmax.loss(eta, classes, labels[row]);
  }

  /** Leaves the probabilities of a row in eta and returns its loss. */
  private double shares(int row, double scale, double[] point) {
    int top = 0;
    for (int k = 0; k < classes; k++) {
      eta[k] = scale * scores[row][offset + k] + (k == 0 ? 0 : point[k]);
      top = eta[k] > eta[top] ? k : top;
    }
    double largest = eta[top];
    double loss = largest - eta[labels[row]];
    // Without the 1 of the largest itself, so that nothing of the small ones is lost.
    double rest = 0;
    for (int k = 0; k < classes; k++) {
      eta[k] = Math.exp(eta[k] - largest);
      rest += k == top ? 0 : eta[k];
    }
    for (int k = 0; k < classes; k++) {
      eta[k] /= 1 + rest;
    }
    return loss + Math.log1p(rest);
  }

  private static double prior(double[] point) {
    double sum = 0;
    for (double x : point) {
      sum += x * x;
    }
    return sum / 2;
  }

  @Override
  public double model(double[] point, double[] gradient, double[] step) {
    if (classes > MOST_CLASSES) {
      double[] diagonal = new double[classes];
      double value = sums(point, gradient, null, diagonal);
      solveMajorant(diagonal, gradient, step);
      return value;
    }
    double[] hessian = new double[classes * (classes + 1) / 2];
    double value = sums(point, gradient, hessian, null);
    for (int k = 0; k < classes; k++) {
      hessian[k + k * (k + 1) / 2] += 1;
    }
    DampedNewton.solve(hessian, gradient, step);
    return value;
  }

  /**
   * Solves with diag(P + 1) - P P' / n, P = n q, by the formula of Sherman and Morrison.
   *
   * @param curvatures that of a, then P for the classes from 2 on
   */
  private void solveMajorant(double[] curvatures, double[] gradient, double[] step) {
    step[0] = gradient[0] / Math.max(1, curvatures[0] + 1);
    double along = 0;
    double length = 0;
    for (int k = 1; k < classes; k++) {
      step[k] = gradient[k] / (curvatures[k] + 1);
      along += curvatures[k] * step[k];
      length += curvatures[k] * curvatures[k] / (curvatures[k] + 1);
    }
    double factor = n > 0 ? along / (n - length) : 0;
    for (int k = 1; k < classes; k++) {
      step[k] += factor * curvatures[k] / (curvatures[k] + 1);
    }
  }

  private double sums(double[] point, double[] gradient, double[] hessian, double[] curvatures) {
    double scale = Math.exp(point[0]);
    System.arraycopy(point, 0, gradient, 0, classes);
    double[] scaled = new double[classes];
    double value = 0;
    for (int i = 0; i < scores.length; i++) {
      double weight = unit * weights[i];
      value += weight * shares(i, scale, point);
      double own = 0;
      double mean = 0;
      double square = 0;
      for (int k = 0; k < classes; k++) {
        double z = scale * scores[i][offset + k];
        // A class that cannot be has probability 0 and no share in any sum.
        scaled[k] = z == Double.NEGATIVE_INFINITY ? 0 : z;
        mean += eta[k] * scaled[k];
        square += eta[k] * scaled[k] * scaled[k];
        if (k == labels[i]) {
          own = scaled[k];
        }
        if (k > 0) {
          gradient[k] += weight * (eta[k] - (k == labels[i] ? 1 : 0));
        }
      }
      gradient[0] += weight * (mean - own);
      double curvature = weight * (square - mean * mean + mean - own);
      if (hessian != null) {
        hessian[0] += curvature;
        addCurvature(hessian, scaled, mean, weight);
      } else {
        curvatures[0] += curvature;
        for (int k = 1; k < classes; k++) {
          curvatures[k] += weight * eta[k];
        }
      }
    }
    return value + prior(point);
  }

  /** Adds what one row has in the columns of t_2 ... t_K. */
  private void addCurvature(double[] hessian, double[] scaled, double mean, double weight) {
    for (int k = 1; k < classes; k++) {
      int column = k * (k + 1) / 2;
      double p = weight * eta[k];
      hessian[column] += p * (scaled[k] - mean);
      for (int j = 1; j < k; j++) {
        hessian[column + j] -= p * eta[j];
      }
      hessian[column + k] += p * (1 - eta[k]);
    }
  }
}
