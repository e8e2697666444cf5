// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The two ways to write a model: as {@link LinearModel}, K classes in the sum-to-zero gauge over
 * raw rows, and as the parameters of a {@link PassPlan}, K - 1 log odds against class 0 over
 * shifted rows.
 */
public final class ScoreParameters {
  private ScoreParameters() {}

  /**
   * Parameters of a model.
   *
   * @param shift of the rows, d numbers
   * @return (K - 1) x (d + 1) numbers; for an absent class an intercept so low that its probability
   *     is 0
   * @throws IllegalArgumentException if class 0, the reference, is absent
   */
  public static double[] of(LinearModel model, double[] shift) {
    int width = model.features() + 1;
    if (!model.hasClass(0)) {
      throw new IllegalArgumentException(
          "class 0 is the reference and must be there, found it absent: renumber the classes");
    }
    double[] parameters = new double[(model.classes() - 1) * width];
    for (int k = 1; k < model.classes(); k++) {
      int at = (k - 1) * width;
      if (!model.hasClass(k)) {
        parameters[at] = Design.ABSENT;
        continue;
      }
      double[] slope = model.logitSlope(k, 0);
      double intercept = model.logitIntercept(k, 0);
      for (int j = 0; j < slope.length; j++) {
        intercept += slope[j] * shift[j];
        parameters[at + 1 + j] = slope[j];
      }
      parameters[at] = intercept;
    }
    return parameters;
  }

  /**
   * The model of parameters.
   *
   * @param parameters (K - 1) x (d + 1) numbers
   * @param shift of the rows, d numbers
   */
  public static LinearModel toModel(double[] parameters, double[] shift) {
    int width = shift.length + 1;
    int classes = parameters.length / width + 1;
    double[] intercepts = new double[classes];
    double[] coefficients = new double[classes * shift.length];
    for (int k = 1; k < classes; k++) {
      int at = (k - 1) * width;
      double intercept = parameters[at];
      for (int j = 0; j < shift.length; j++) {
        double slope = parameters[at + 1 + j];
        coefficients[k * shift.length + j] = slope;
        intercept -= slope * shift[j];
      }
      intercepts[k] = parameters[at] == Design.ABSENT ? Double.NEGATIVE_INFINITY : intercept;
    }
    return LinearModel.of(intercepts, coefficients);
  }
}
