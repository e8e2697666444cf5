// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;

/**
 * How far a change of parameters moves the scores of the rows, from their moments: the root mean
 * square of the change of a score, the largest over the scores. The quadratic model of the loss
 * holds while that is about 1; beyond, a step is shortened.
 */
final class Movement {
  private final double[] shares;
  private final double[][] means;
  private final PackedSymmetric within;

  Movement(ClassMoments moments, double[] shift) {
    shares = new double[moments.classes()];
    means = new double[moments.classes()][];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = moments.weight(k) / moments.weight();
      means[k] = moments.meanFrom(k, shift);
    }
    within = moments.pooledScatter();
    within.scaleInPlace(1 / moments.weight());
  }

  /** The root mean square for a change of (K - 1) x (d + 1) parameters. */
  double of(double[] change) {
    int d = within.order();
    double largest = 0;
    double[] slopes = new double[d];
    for (int c = 0; c < change.length / (d + 1); c++) {
      System.arraycopy(change, c * (d + 1) + 1, slopes, 0, d);
      double square = within.quadratic(slopes);
      for (int k = 0; k < shares.length; k++) {
        if (shares[k] > 0) {
          double mean = change[c * (d + 1)] + MomentVectors.dot(slopes, means[k]);
          square += shares[k] * mean * mean;
        }
      }
      largest = Math.max(largest, square);
    }
    return Math.sqrt(largest);
  }

  /** The share of a step to take: 1 up to a movement r of 1, then (1 + ln r) / r. */
  double damping(double[] change) {
    double r = of(change);
    return r <= 1 ? 1 : (1 + Math.log(r)) / r;
  }
}
