// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import dev.lemma.math.linalg.SparseRow;

/**
 * What kernels need to know of two rows x and y.
 *
 * @param manhattan |x - y|<sub>1</sub>
 * @param squaredDistance |x - y|<sup>2</sup>
 * @param product x'y
 * @param squaredNorms |x|<sup>2</sup> + |y|<sup>2</sup>
 */
public record PairMeasures(
    double manhattan, double squaredDistance, double product, double squaredNorms) {

  /** The measures of two rows with ids in ascending order. */
  public static PairMeasures of(SparseRow x, SparseRow y) {
    double manhattan = 0;
    double squaredDistance = 0;
    double product = 0;
    double squaredNorms = 0;
    int i = 0;
    int j = 0;
    while (i < x.size() || j < y.size()) {
      double a = 0;
      double b = 0;
      if (j == y.size() || (i < x.size() && x.ids()[i] < y.ids()[j])) {
        a = x.values()[i++];
      } else if (i == x.size() || y.ids()[j] < x.ids()[i]) {
        b = y.values()[j++];
      } else {
        a = x.values()[i++];
        b = y.values()[j++];
      }
      double difference = a - b;
      manhattan += Math.abs(difference);
      squaredDistance += difference * difference;
      product += a * b;
      squaredNorms += a * a + b * b;
    }
    return new PairMeasures(manhattan, squaredDistance, product, squaredNorms);
  }

  /** The measures of two dense rows of one length. */
  public static PairMeasures of(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "two rows of one length were expected, found " + x.length + " and " + y.length);
    }
    double manhattan = 0;
    double squaredDistance = 0;
    double product = 0;
    double squaredNorms = 0;
    for (int j = 0; j < x.length; j++) {
      double difference = x[j] - y[j];
      manhattan += Math.abs(difference);
      squaredDistance += difference * difference;
      product += x[j] * y[j];
      squaredNorms += x[j] * x[j] + y[j] * y[j];
    }
    return new PairMeasures(manhattan, squaredDistance, product, squaredNorms);
  }

  /** |x - y|. */
  public double distance() {
    return Math.sqrt(squaredDistance);
  }

  /** |x + y|<sup>2</sup>. */
  double squaredSum() {
    return squaredNorms + 2 * product;
  }

  /** The measures of x / s and y / s. */
  PairMeasures over(double s) {
    return new PairMeasures(
        manhattan / s, squaredDistance / (s * s), product / (s * s), squaredNorms / (s * s));
  }

  /** The measures of two rows of which the difference is twice as long. */
  PairMeasures withTwiceTheDifference() {
    return new PairMeasures(2 * manhattan, 4 * squaredDistance, product, squaredNorms);
  }
}
