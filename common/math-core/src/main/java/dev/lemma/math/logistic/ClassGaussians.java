// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;

/**
 * Classes as Gaussians in standard units: columns less their mean over all rows, divided by their
 * standard deviation over all rows. A constant column is 0 throughout. The covariance of a class is
 * (1 - blend) S + blend S_k, S the pooled one.
 */
final class ClassGaussians {
  final int classes;
  final int features;
  final double weight;
  final double[] shares;
  final double[][] means;
  final PackedSymmetric pooled;
  final PackedSymmetric[] covariances;
  private final Design design;

  ClassGaussians(ClassMoments moments, double blend) {
    design = Design.of(moments);
    classes = moments.classes();
    features = moments.features();
    weight = moments.weight();
    shares = new double[classes];
    means = new double[classes][features];
    covariances = new PackedSymmetric[classes];
    double[] inverse = design.deviations();
    for (int j = 0; j < features; j++) {
      inverse[j] = inverse[j] > 0 ? 1 / inverse[j] : 0;
    }
    pooled = moments.pooledScatter();
    pooled.scaleInPlace(1 / weight);
    pooled.scaleBothSidesInPlace(inverse);
    centre(moments, inverse);
    for (int k = 0; k < classes; k++) {
      covariances[k] = pooled;
      if (shares[k] > 0 && blend > 0) {
        PackedSymmetric own = moments.scatter(k);
        own.scaleInPlace(blend / moments.weight(k));
        own.scaleBothSidesInPlace(inverse);
        own.addScaledInPlace(1 - blend, pooled);
        covariances[k] = own;
      }
    }
  }

  private void centre(ClassMoments moments, double[] inverse) {
    double[] origin = moments.mean(0);
    double[] drift = new double[features];
    for (int k = 0; k < classes; k++) {
      shares[k] = moments.weight(k) / weight;
      if (shares[k] > 0) {
        means[k] = moments.meanFrom(k, origin);
        for (int j = 0; j < features; j++) {
          drift[j] += shares[k] * means[k][j];
        }
      }
    }
    for (int k = 0; k < classes; k++) {
      for (int j = 0; j < features; j++) {
        means[k][j] = shares[k] > 0 ? (means[k][j] - drift[j]) * inverse[j] : 0;
      }
    }
  }

  /**
   * Parameters about {@link Design#shift} in the columns' own units.
   *
   * @param standard K - 1 rows of an intercept at the mean and d slopes, in standard units
   */
  double[] toRaw(double[] standard) {
    double[] raw = standard.clone();
    double[] shift = design.shift();
    double[] means = design.means();
    double[] deviations = design.deviations();
    int width = features + 1;
    for (int c = 0; c < classes - 1; c++) {
      for (int j = 0; j < features; j++) {
        int at = c * width + 1 + j;
        raw[at] = deviations[j] > 0 ? standard[at] / deviations[j] : 0;
        raw[c * width] += raw[at] * (shift[j] - means[j]);
      }
      if (!(shares[c + 1] > 0)) {
        raw[c * width] = Design.ABSENT;
      }
    }
    return raw;
  }

  /** The way back from {@link #toRaw}. */
  double[] toStandard(double[] raw) {
    double[] standard = raw.clone();
    double[] shift = design.shift();
    double[] means = design.means();
    double[] deviations = design.deviations();
    int width = features + 1;
    for (int c = 0; c < classes - 1; c++) {
      for (int j = 0; j < features; j++) {
        int at = c * width + 1 + j;
        standard[at] = raw[at] * deviations[j];
        standard[c * width] += raw[at] * (means[j] - shift[j]);
      }
    }
    return standard;
  }

  /** A gradient by raw parameters as one by standard parameters. */
  double[] gradientToStandard(double[] raw) {
    double[] standard = raw.clone();
    double[] shift = design.shift();
    double[] means = design.means();
    double[] deviations = design.deviations();
    int width = features + 1;
    for (int c = 0; c < classes - 1; c++) {
      for (int j = 0; j < features; j++) {
        int at = c * width + 1 + j;
        double change = raw[at] + raw[c * width] * (shift[j] - means[j]);
        standard[at] = deviations[j] > 0 ? change / deviations[j] : 0;
      }
    }
    return standard;
  }

  Design design() {
    return design;
  }
}
