// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * What an iterative fit must know of its rows beforehand: how much weight each class has, and mean
 * and standard deviation of each column over all rows. The deviations set the units of the ridge,
 * so that a fit does not depend on the units of the columns; a column of deviation 0 keeps the
 * coefficient 0.
 *
 * @param classWeights K numbers, at least two of them positive
 * @param means d numbers
 * @param deviations d numbers, at least 0: square roots of the total variances (divisor: the
 *     weight)
 */
public record Design(double[] classWeights, double[] means, double[] deviations) {
  /** Checks lengths and ranges; copies. */
  public Design {
    classWeights = classWeights.clone();
    means = means.clone();
    deviations = deviations.clone();
    if (classWeights.length < 2) {
      throw new IllegalArgumentException(
          "classWeights: expected at least 2 classes, found " + classWeights.length);
    }
    if (means.length != deviations.length) {
      throw new IllegalArgumentException(
          "deviations: expected " + means.length + " numbers, found " + deviations.length);
    }
    for (double deviation : deviations) {
      if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "deviations: expected finite numbers of at least 0, found " + deviation);
      }
    }
  }

  /** K. */
  public int classes() {
    return classWeights.length;
  }

  /** d. */
  public int features() {
    return means.length;
  }

  /** The shift that a pass over such rows should use. */
  public double[] shift() {
    return PassPlan.shift(means, deviations);
  }

  /** Parameters of the model that knows the class weights only: slopes 0. */
  double[] priorsOnly() {
    int width = features() + 1;
    double[] parameters = new double[(classes() - 1) * width];
    double total = 0;
    for (double weight : classWeights) {
      total += weight;
    }
    for (int c = 1; c < classes(); c++) {
      parameters[(c - 1) * width] =
          Math.log(share(classWeights[c], total) / share(classWeights[0], total));
    }
    return parameters;
  }

  // A class without rows is as rare as can be told, not impossible: half a row in all.
  private static double share(double weight, double total) {
    return Math.max(weight, 0.5 * Math.min(1, total)) / total;
  }
}
