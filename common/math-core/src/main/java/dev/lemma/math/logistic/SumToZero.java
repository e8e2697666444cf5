// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** The gauge of {@link LinearModel}: over the classes that are not absent, numbers add up to 0. */
final class SumToZero {
  // Rounding leaves some ulps of the largest of K numbers.
  private static final double TOLERANCE = 1e-9;

  private SumToZero() {}

  /**
   * Takes the mean over the classes that are present off intercepts and coefficients.
   *
   * @param intercepts K numbers, minus infinity for an absent class
   * @param coefficients K x d, row-major
   */
  static void bring(double[] intercepts, double[] coefficients) {
    int features = coefficients.length / intercepts.length;
    int present = 0;
    double sum = 0;
    double[] sums = new double[features];
    for (int k = 0; k < intercepts.length; k++) {
      if (isPresent(intercepts[k])) {
        present++;
        sum += intercepts[k];
        for (int j = 0; j < features; j++) {
          sums[j] += coefficients[k * features + j];
        }
      }
    }
    for (int k = 0; k < intercepts.length; k++) {
      if (isPresent(intercepts[k])) {
        intercepts[k] -= sum / present;
        for (int j = 0; j < features; j++) {
          coefficients[k * features + j] -= sums[j] / present;
        }
      }
    }
  }

  private static boolean isPresent(double intercept) {
    return intercept != Double.NEGATIVE_INFINITY;
  }

  /**
   * Refuses a model that bringing it into the gauge moves by more than rounding does.
   *
   * @throws IllegalArgumentException if it does
   */
  static void require(LinearModel model, LinearModel gauged) {
    double[] intercepts = model.intercepts();
    double[] moved = gauged.intercepts();
    double largestIntercept = 0;
    for (double intercept : intercepts) {
      largestIntercept = Math.max(largestIntercept, isPresent(intercept) ? Math.abs(intercept) : 0);
    }
    for (int k = 0; k < intercepts.length; k++) {
      if (isPresent(intercepts[k])
          && Math.abs(intercepts[k] - moved[k]) > TOLERANCE * largestIntercept) {
        throw notInGauge("intercepts");
      }
    }
    double[] coefficients = model.coefficients();
    double[] movedCoefficients = gauged.coefficients();
    double[] largest = new double[model.features()];
    for (int i = 0; i < coefficients.length; i++) {
      int j = i % model.features();
      largest[j] = Math.max(largest[j], Math.abs(coefficients[i]));
    }
    for (int i = 0; i < coefficients.length; i++) {
      int j = i % model.features();
      if (Math.abs(coefficients[i] - movedCoefficients[i]) > TOLERANCE * largest[j]) {
        throw notInGauge("coefficients of feature " + j);
      }
    }
  }

  private static IllegalArgumentException notInGauge(String what) {
    return new IllegalArgumentException("the " + what + " must add up to 0 over the classes");
  }
}
