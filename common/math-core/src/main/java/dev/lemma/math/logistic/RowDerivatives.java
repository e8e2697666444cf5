// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Kernel;

/**
 * Loss of one row along a line of models, and the derivatives of the loss by the scores at the
 * first step. With m the largest of the scores (class 0 has score 0) and r the sum of exp(score -
 * m) over the other classes, the loss is m - score y + log1p(r): nothing cancels, however sure the
 * model is.
 */
final class RowDerivatives {
  private final int scores;
  private final boolean exact;
  private final double[] moved;
  private final double[] odds;

  /** Residuals p_c - [y = c] of the last row at the first step, for classes 1 .. K - 1. */
  final double[] residuals;

  /** Probabilities p_c. */
  final double[] probabilities;

  /** 1 - p_c, without cancellation. */
  final double[] complements;

  RowDerivatives(int scores, Kernel kernel) {
    this.scores = scores;
    exact = kernel == Kernel.EXACT;
    moved = new double[scores];
    odds = new double[scores];
    residuals = new double[scores];
    probabilities = new double[scores];
    complements = new double[scores];
  }

  /**
   * Adds a row to the sums of all steps.
   *
   * @param y class, 0 to K - 1
   * @param z base scores at z[from ..]
   * @param dz what the direction adds at dz[dzFrom ..]; not read when there is no direction
   * @param hasDirection whether there is one
   * @param state receives the sums, those of the first step at {@code at}
   */
  void add(
      int y,
      double weight,
      double[] z,
      int from,
      double[] dz,
      int dzFrom,
      boolean hasDirection,
      double[] steps,
      double[] state,
      int at) {
    double first = 0;
    for (int s = 0; s < steps.length; s++) {
      for (int c = 0; c < scores; c++) {
        moved[c] = hasDirection ? z[from + c] + steps[s] * dz[dzFrom + c] : z[from + c];
      }
      double loss = evaluate(y);
      if (s == 0) {
        first = loss;
        keepDerivatives(y);
      }
      double gain = loss - first;
      double square = weight * weight;
      int to = at + PassPlan.PER_STEP * s;
      state[to + LikelihoodSums.LOSS] += weight * loss;
      if (hasDirection) {
        addLine(y, weight, dz, dzFrom, state, to);
      }
      state[to + LikelihoodSums.WEIGHTED_LOSS] += square * loss;
      state[to + LikelihoodSums.WEIGHTED_SQUARE] += square * loss * loss;
      state[to + LikelihoodSums.WEIGHTED_GAIN] += square * gain;
      state[to + LikelihoodSums.WEIGHTED_GAIN_SQUARE] += square * gain * gain;
    }
  }

  private double rest;
  private int top;

  /** Loss at the moved scores; leaves odds against the most likely class, and their sum. */
  private double evaluate(int y) {
    double max = 0;
    top = 0;
    for (int c = 0; c < scores; c++) {
      if (moved[c] > max) {
        max = moved[c];
        top = c + 1;
      }
    }
    rest = top == 0 ? 0 : exp(-max);
    for (int c = 0; c < scores; c++) {
      if (c + 1 == top) {
        odds[c] = 1;
      } else {
        odds[c] = exp(moved[c] - max);
        rest += odds[c];
      }
    }
    double own = y == 0 ? 0 : moved[y - 1];
    return (max - own) + (exact ? StrictMath.log1p(rest) : Math.log1p(rest));
  }

  private double exp(double x) {
    return exact ? StrictMath.exp(x) : Math.exp(x);
  }

  private void keepDerivatives(int y) {
    double total = 1 + rest;
    for (int c = 0; c < scores; c++) {
      probabilities[c] = odds[c] / total;
      complements[c] = c + 1 == top ? rest / total : (total - odds[c]) / total;
      residuals[c] = c + 1 == y ? -complements[c] : probabilities[c];
    }
  }

  private void addLine(int y, double weight, double[] dz, int dzFrom, double[] state, int to) {
    double total = 1 + rest;
    double own = y == 0 ? 0 : dz[dzFrom + y - 1];
    // About the row's own class, so that a sure and right row adds next to nothing.
    double mean = y == 0 ? 0 : -own * (top == 0 ? 1 : exp(-moved[top - 1])) / total;
    for (int c = 0; c < scores; c++) {
      mean += odds[c] / total * (dz[dzFrom + c] - own);
    }
    double variance = (top == 0 ? 1 : exp(-moved[top - 1])) / total * (own + mean) * (own + mean);
    for (int c = 0; c < scores; c++) {
      double deviation = dz[dzFrom + c] - own - mean;
      variance += odds[c] / total * deviation * deviation;
    }
    state[to + LikelihoodSums.SLOPE] += weight * mean;
    state[to + LikelihoodSums.CURVATURE] += weight * variance;
  }
}
