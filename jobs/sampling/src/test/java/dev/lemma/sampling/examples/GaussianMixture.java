// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling.examples;

import dev.lemma.math.sampling.Target;
import java.util.List;

/**
 * Two Gaussian components with the labels of rows summed out: mu ~ N(0, 2) with mu1 &lt; mu2, sigma
 * ~ N(0, 2) above 0, the share theta of the first ~ Beta(5, 5). Drawn as (mu1, ln(mu2 - mu1), ln
 * sigma1, ln sigma2, logit theta).
 */
public final class GaussianMixture implements Target {
  private final double[] y = ExampleData.numbers("y");

  @Override
  public int dimension() {
    return 5;
  }

  @Override
  public List<String> names() {
    return List.of("mu1", "log_gap", "log_sigma1", "log_sigma2", "logit_theta");
  }

  @Override
  public double logDensity(double[] x) {
    double second = x[0] + Math.exp(x[1]);
    double s1 = Math.exp(x[2]);
    double s2 = Math.exp(x[3]);
    double logTheta = -Math.log1p(Math.exp(-x[4]));
    double logRest = logTheta - x[4];
    double sum = -(x[0] * x[0] + second * second + s1 * s1 + s2 * s2) / 8;
    // Beta(5, 5) and the derivative of theta: theta (1 - theta) to the power 4 + 1.
    sum += 5 * (logTheta + logRest) + x[1] + x[2] + x[3];
    for (double value : y) {
      double a = (value - x[0]) / s1;
      double b = (value - second) / s2;
      double first = logTheta - x[2] - a * a / 2;
      double other = logRest - x[3] - b * b / 2;
      sum += Math.max(first, other) + Math.log1p(Math.exp(-Math.abs(first - other)));
    }
    return sum;
  }
}
