// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling.examples;

import dev.lemma.math.sampling.Target;
import java.util.List;

/**
 * An autoregressive series of order 5: y_t ~ N(alpha + sum_k beta_k y_(t-k), sigma) given the first
 * five values, with alpha, beta ~ N(0, 10), sigma ~ half-Cauchy(2.5). Drawn with ln sigma.
 */
public final class Autoregression implements Target {
  private static final int ORDER = 5;

  private final double[] y = ExampleData.numbers("y");

  @Override
  public int dimension() {
    return ORDER + 2;
  }

  @Override
  public List<String> names() {
    return List.of("alpha", "beta1", "beta2", "beta3", "beta4", "beta5", "log_sigma");
  }

  @Override
  public double logDensity(double[] x) {
    double sigma = Math.exp(x[6]);
    double sum = -Math.log1p(sigma * sigma / 6.25) + x[6] - (y.length - ORDER) * x[6];
    for (int k = 0; k <= ORDER; k++) {
      sum -= x[k] * x[k] / 200;
    }
    for (int t = ORDER; t < y.length; t++) {
      double gap = y[t] - x[0];
      for (int k = 1; k <= ORDER; k++) {
        gap -= x[k] * y[t - k];
      }
      sum -= gap * gap / (2 * sigma * sigma);
    }
    return sum;
  }
}
