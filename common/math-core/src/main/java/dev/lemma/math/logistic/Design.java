// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * What an iterative fit must know of its rows beforehand: how much weight each class has, and mean
 * and standard deviation of each column over all rows. The deviations set the units of the ridge,
 * so that a fit does not depend on the units of the columns; a column of deviation 0 keeps the
 * coefficient 0.
 *
 * @param classWeights K numbers, at least 0, the first positive; a class of weight 0 is absent
 * @param means d numbers
 * @param deviations d numbers, at least 0: square roots of the total variances (divisor: the
 *     weight)
 */
public record Design(double[] classWeights, double[] means, double[] deviations) {
  // A score so low that the probability is 0 exactly.
  static final double ABSENT = -1e4;

  // Below this share of the mean square about the origin a variance is rounding noise.
  private static final double NOISE = 1e-26;

  /** Checks lengths and ranges; copies. */
  public Design {
    classWeights = classWeights.clone();
    means = means.clone();
    deviations = deviations.clone();
    if (classWeights.length < 2) {
      throw new IllegalArgumentException(
          "classWeights: expected at least 2 classes, found " + classWeights.length);
    }
    for (double weight : classWeights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "classWeights: expected finite numbers of at least 0, found " + weight);
      }
    }
    if (!(classWeights[0] > 0)) {
      throw new IllegalArgumentException(
          "classWeights: class 0 is the reference and must have weight, found 0: renumber the"
              + " classes");
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

  /**
   * The design behind moments.
   *
   * @param moments of all rows that the fit will see
   */
  public static Design of(ClassMoments moments) {
    int d = moments.features();
    int classes = moments.classes();
    double total = moments.weight();
    double[] weights = new double[classes];
    double[] origin = moments.mean(0);
    double[] drift = new double[d];
    double[][] from = new double[classes][];
    for (int k = 0; k < classes; k++) {
      weights[k] = moments.weight(k);
      from[k] = moments.meanFrom(k, origin);
      for (int j = 0; j < d; j++) {
        drift[j] += weights[k] > 0 ? weights[k] / total * from[k][j] : 0;
      }
    }
    double[] variances = moments.pooledScatter().diagonal();
    double[] means = new double[d];
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < classes; k++) {
        double e = from[k][j] - drift[j];
        variances[j] += weights[k] > 0 ? weights[k] * e * e : 0;
      }
      variances[j] /= total;
      means[j] = origin[j] + drift[j];
      if (!(variances[j] > NOISE * means[j] * means[j])) {
        variances[j] = 0;
      }
      variances[j] = Math.sqrt(variances[j]);
    }
    return new Design(weights, means, variances);
  }

  @Override
  public double[] classWeights() {
    return classWeights.clone();
  }

  @Override
  public double[] means() {
    return means.clone();
  }

  @Override
  public double[] deviations() {
    return deviations.clone();
  }

  /** The shift that a pass over the rows of these moments should use. */
  static double[] shiftOf(ClassMoments moments) {
    ClassGeometry geometry = new ClassGeometry(moments);
    double[] deviations = moments.pooledScatter().diagonal();
    double[] between = geometry.betweenVariances();
    for (int j = 0; j < deviations.length; j++) {
      deviations[j] = Math.sqrt(Math.max(0, deviations[j] / moments.weight()) + between[j]);
    }
    return PassPlan.shift(geometry.origin, deviations);
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

  /** Sum of the weights. */
  public double weight() {
    double sum = 0;
    for (double weight : classWeights) {
      sum += weight;
    }
    return sum;
  }

  /** Parameters of the model that knows the class weights only: slopes 0. */
  double[] priorsOnly() {
    int width = features() + 1;
    double[] parameters = new double[(classes() - 1) * width];
    for (int c = 1; c < classes(); c++) {
      parameters[(c - 1) * width] =
          classWeights[c] > 0 ? Math.log(classWeights[c] / classWeights[0]) : ABSENT;
    }
    return parameters;
  }

  /** Parameters that no fit moves: those of absent classes and of constant columns. */
  boolean[] fixed() {
    int width = features() + 1;
    boolean[] fixed = new boolean[(classes() - 1) * width];
    for (int i = 0; i < fixed.length; i++) {
      int j = i % width;
      fixed[i] = !(classWeights[i / width + 1] > 0) || j > 0 && deviations[j - 1] == 0;
    }
    return fixed;
  }
}
