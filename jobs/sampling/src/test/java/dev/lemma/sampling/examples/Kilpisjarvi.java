// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling.examples;

import dev.lemma.math.sampling.Target;
import java.util.List;

/**
 * Summer temperatures y of 62 years x at Kilpisjarvi: y ~ N(alpha + beta x, sigma), alpha ~
 * N(9.3129, 100), beta ~ N(0, 0.0333), sigma flat above 0. Years are not centred, so that alpha and
 * beta have a correlation of -0.99999, which the random walk has to learn. Drawn with ln sigma.
 */
public final class Kilpisjarvi implements Target {
  private final double[] year = ExampleData.numbers("x");
  private final double[] y = ExampleData.numbers("y");

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public List<String> names() {
    return List.of("alpha", "beta", "log_sigma");
  }

  @Override
  public double logDensity(double[] x) {
    double a = (x[0] - 9.3129) / 100;
    double b = x[1] / 0.0333;
    double sum = -(a * a + b * b) / 2 + x[2] - y.length * x[2];
    double precision = Math.exp(-2 * x[2]);
    for (int i = 0; i < y.length; i++) {
      double gap = y[i] - x[0] - x[1] * year[i];
      sum -= gap * gap * precision / 2;
    }
    return sum;
  }
}
