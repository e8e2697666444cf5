// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * Expectations of softmax probabilities, and of their products, over K Gaussian scores N(a, V), by
 * an equal-weight rule: antithetic keyed Gaussian nodes, whitened so that mean, odd moments and
 * covariance of the rule are exactly those of the Gaussian. Its cost does not depend on the number
 * of features: 2 K<sup>2</sup> flops and K exponentials a node.
 */
final class SoftmaxExpectation {
  // Together with the flops of a node this bounds the work of one sweep over all classes.
  private static final double MOST_FLOPS = 4e8;
  private static final int MOST_NODES = 4096;
  private static final double NULL_PIVOT = 1e-12;

  private final int scores;
  private final int nodes;
  private final double[] standard;
  private final double[] factor;
  private final double[] z;

  /** E p, K numbers. */
  final double[] probabilities;

  /** E (diag(p) - p p'), K x K. */
  final double[] curvature;

  /** E log(sum of exp(z)). */
  double logSum;

  SoftmaxExpectation(int scores) {
    this.scores = scores;
    int pairs = pairs(scores);
    nodes = 2 * pairs;
    standard = new double[pairs * scores];
    factor = new double[scores * scores];
    z = new double[scores];
    probabilities = new double[scores];
    curvature = new double[scores * scores];
    draw(pairs);
    whiten(pairs);
  }

  private static int pairs(int scores) {
    double bySweep = MOST_FLOPS / (2.0 * scores * scores * scores);
    return (int) Math.max(scores + 8, Math.min(MOST_NODES, bySweep) / 2);
  }

  /** Flops of one sweep over all classes, an exponential counting as 20. */
  static double flops(int scores) {
    return 2.0 * pairs(scores) * scores * (2.0 * scores * scores + 20.0 * scores);
  }

  private void draw(int pairs) {
    StreamKey key = StreamKey.of(0, "logistic/moment-matched");
    long[] block = new long[4];
    double[] four = new double[4];
    for (int i = 0; i < pairs; i++) {
      for (int c = 0; c < scores; c += 4) {
        key.block(0, i, 0, c / 4, block);
        Variates.gaussians(block, four, 0);
        System.arraycopy(four, 0, standard, i * scores + c, Math.min(4, scores - c));
      }
    }
  }

  private void whiten(int pairs) {
    double[] covariance = new double[scores * scores];
    for (int i = 0; i < pairs; i++) {
      for (int a = 0; a < scores; a++) {
        for (int b = 0; b <= a; b++) {
          covariance[a * scores + b] += standard[i * scores + a] * standard[i * scores + b];
        }
      }
    }
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] /= pairs;
    }
    factorise(covariance);
    for (int i = 0; i < pairs; i++) {
      int row = i * scores;
      for (int a = 0; a < scores; a++) {
        double sum = standard[row + a];
        for (int b = 0; b < a; b++) {
          sum -= factor[a * scores + b] * standard[row + b];
        }
        standard[row + a] = sum / factor[a * scores + a];
      }
    }
  }

  /** Lower triangular L with L L' = V; a column of a null pivot is 0. */
  private void factorise(double[] v) {
    for (int a = 0; a < scores; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = v[a * scores + b];
        for (int c = 0; c < b; c++) {
          sum -= factor[a * scores + c] * factor[b * scores + c];
        }
        double pivot = a == b ? sum : factor[b * scores + b];
        boolean none = !(pivot > NULL_PIVOT * v[b * scores + b]);
        factor[a * scores + b] = none ? 0 : a == b ? Math.sqrt(sum) : sum / pivot;
      }
    }
  }

  /**
   * Takes the expectations.
   *
   * @param a K means of the scores
   * @param v their K x K covariance; the lower triangle is read
   */
  void at(double[] a, double[] v) {
    factorise(v);
    java.util.Arrays.fill(probabilities, 0);
    java.util.Arrays.fill(curvature, 0);
    logSum = 0;
    for (int i = 0; i < nodes; i++) {
      addNode(a, (i >> 1) * scores, (i & 1) == 0 ? 1 : -1);
    }
    logSum /= nodes;
    for (int c = 0; c < scores; c++) {
      probabilities[c] /= nodes;
      for (int e = 0; e <= c; e++) {
        double product = -curvature[c * scores + e] / nodes;
        curvature[c * scores + e] = product;
        curvature[e * scores + c] = product;
      }
    }
    for (int c = 0; c < scores; c++) {
      curvature[c * scores + c] += probabilities[c];
    }
  }

  private void addNode(double[] a, int node, int sign) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < scores; c++) {
      double sum = 0;
      for (int e = 0; e <= c; e++) {
        sum += factor[c * scores + e] * standard[node + e];
      }
      z[c] = a[c] + sign * sum;
      max = Math.max(max, z[c]);
    }
    double total = 0;
    for (int c = 0; c < scores; c++) {
      z[c] = Math.exp(z[c] - max);
      total += z[c];
    }
    logSum += max + Math.log(total);
    for (int c = 0; c < scores; c++) {
      double p = z[c] / total;
      z[c] = p;
      probabilities[c] += p;
      if (p > 0) {
        int row = c * scores;
        for (int e = 0; e <= c; e++) {
          curvature[row + e] += p * z[e];
        }
      }
    }
  }
}
