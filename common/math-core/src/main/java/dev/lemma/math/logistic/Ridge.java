// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The penalty lambda / 2 times the squared length of the coefficients less those of a centre, in
 * units of the columns' standard deviations; intercepts are never penalised.
 *
 * <p>For two classes the length is that of the one row b of log odds: sum of (s_j b_j)^2. For more
 * it is that of all K rows in the gauge in which they sum to zero, which no choice of a reference
 * class changes. Both are added to the <em>sum</em> of the losses, as scikit-learn does with C = 1
 * / lambda on standardised columns.
 *
 * @param lambda at least 0
 * @param centre (K - 1) x (d + 1) parameters to shrink to (intercepts not read), or none: zero
 */
public record Ridge(double lambda, double[] centre) {
  /** Checks the range. */
  public Ridge {
    if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "lambda: expected a finite number of at least 0, found " + lambda);
    }
  }

  /** No penalty: maximum likelihood. */
  public static Ridge none() {
    return toZero(0);
  }

  /** Towards zero. */
  public static Ridge toZero(double lambda) {
    return new Ridge(lambda, new double[0]);
  }

  /** Towards another model, such as the analytic one. */
  public static Ridge towards(double[] centre, double lambda) {
    return new Ridge(lambda, centre);
  }

  /**
   * The penalty along a line.
   *
   * @param out receives value, first and second derivative by the step
   */
  void alongLine(
      double[] base, double[] direction, double step, double[] deviations, double[] out) {
    int width = deviations.length + 1;
    int scores = base.length / width;
    double value = 0;
    double slope = 0;
    double curvature = 0;
    for (int j = 1; j < width; j++) {
      double sum = 0;
      double sumDirection = 0;
      double squares = 0;
      double products = 0;
      double directionSquares = 0;
      for (int c = 0; c < scores; c++) {
        int at = c * width + j;
        double v = direction.length == 0 ? 0 : direction[at];
        double u = base[at] + step * v - (centre.length == 0 ? 0 : centre[at]);
        sum += u;
        sumDirection += v;
        squares += u * u;
        products += u * v;
        directionSquares += v * v;
      }
      double unit = unit(j, scores, deviations);
      double classes = scores + 1;
      value += unit * (squares - sum * sum / classes);
      slope += unit * (products - sum * sumDirection / classes);
      curvature += unit * (directionSquares - sumDirection * sumDirection / classes);
    }
    out[0] = value / 2;
    out[1] = slope;
    out[2] = curvature;
  }

  /** Adds the gradient of the penalty. */
  void addGradient(double[] parameters, double[] deviations, double[] gradient) {
    int width = deviations.length + 1;
    int scores = parameters.length / width;
    for (int j = 1; j < width; j++) {
      double sum = 0;
      for (int c = 0; c < scores; c++) {
        sum += excess(parameters, c * width + j);
      }
      double unit = unit(j, scores, deviations);
      for (int c = 0; c < scores; c++) {
        int at = c * width + j;
        gradient[at] += unit * (excess(parameters, at) - sum / (scores + 1));
      }
    }
  }

  private double excess(double[] parameters, int at) {
    return parameters[at] - (centre.length == 0 ? 0 : centre[at]);
  }

  /** Adds the Hessian of the penalty to blocks in the layout of {@link LikelihoodSums}. */
  void addHessian(int scores, double[] deviations, double[] hessian) {
    int width = deviations.length + 1;
    int length = width * (width + 1) / 2;
    int from = 0;
    for (int e = 0; e < scores; e++) {
      for (int c = 0; c <= e; c++) {
        double share = (c == e ? 1.0 : 0.0) - 1.0 / (scores + 1);
        for (int j = 1; j < width; j++) {
          hessian[from + j + j * (j + 1) / 2] += share * unit(j, scores, deviations);
        }
        from += length;
      }
    }
  }

  /** Second derivative by a slope of the sum-to-zero gauge; doubled for two classes. */
  private double unit(int j, int scores, double[] deviations) {
    double deviation = deviations[j - 1];
    return lambda * deviation * deviation * (scores == 1 ? 2 : 1);
  }
}
