// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;

/**
 * The mean log-loss of a linear model on rows of which only the moments are known, as if scores
 * were Gaussian within a class: no pass over the rows. Moments without the scatter of every class
 * lend all classes the pooled one.
 *
 * <p>It ranks models that were made from moments among each other. It favours them over models
 * fitted to the rows themselves, and is no substitute for a measured loss.
 *
 * <p>K<sup>2</sup> d<sup>2</sup> flops and the nodes of the expectation.
 */
final class ScoreForecast {
  private final ClassMoments moments;
  private final GaussianExpectation logit = new GaussianExpectation();
  // Null for two classes.
  private final SoftmaxExpectation softmax;
  // Null where every class has its own scatter.
  private final PackedSymmetric pooled;

  /**
   * A forecast for these rows.
   *
   * @param softmax for more than two classes, shared between forecasts; else ignored
   */
  ScoreForecast(ClassMoments moments, SoftmaxExpectation softmax) {
    this.moments = moments;
    this.softmax = softmax;
    boolean each = moments.layout() == ScatterLayout.PER_CLASS;
    pooled = each ? null : moments.pooledScatter();
  }

  /** The mean loss; NaN without rows; infinite where a class has rows that the model has not. */
  double meanLoss(LinearModel model) {
    double sum = 0;
    for (int k = 0; k < moments.classes(); k++) {
      if (moments.weight(k) > 0) {
        sum += moments.weight(k) * loss(k, model);
      }
    }
    return sum / moments.weight();
  }

  private double loss(int k, LinearModel model) {
    if (!model.hasClass(k)) {
      return Double.POSITIVE_INFINITY;
    }
    PackedSymmetric s = pooled == null ? moments.scatter(k) : pooled.copy();
    s.scaleInPlace(1 / (pooled == null ? moments.weight(k) : moments.weight()));
    if (model.classes() == 2) {
      if (!model.hasClass(1 - k)) {
        return 0;
      }
      double[] slope = model.logitSlope(1, 0);
      double mean = model.logitIntercept(1, 0) + MomentVectors.dot(slope, moments.mean(k));
      logit.at(mean, s.quadratic(slope));
      return logit.loss - k * mean;
    }
    return softmaxLoss(k, model, s);
  }

  private double softmaxLoss(int k, LinearModel model, PackedSymmetric s) {
    int classes = model.classes();
    int d = model.features();
    double[] means = new double[classes];
    double[] covariance = new double[classes * classes];
    model.scores(moments.mean(k), means);
    double[][] slopes = new double[classes][d];
    double[] pulled = new double[d];
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < d; j++) {
        slopes[c][j] = model.coefficient(c, j);
      }
      s.multiply(slopes[c], pulled);
      for (int e = 0; e <= c; e++) {
        covariance[c * classes + e] = MomentVectors.dot(slopes[e], pulled);
      }
    }
    for (int c = 0; c < classes; c++) {
      means[c] = Math.max(means[c], Design.ABSENT);
    }
    softmax.at(means, covariance);
    return softmax.logSum - means[k];
  }
}
