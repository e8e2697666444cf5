// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling.examples;

import dev.lemma.math.sampling.Target;
import java.util.List;

/**
 * A hierarchical model: effects y of standard errors s around theta = mu + tau e in eight schools,
 * with mu ~ N(0, 5), tau ~ half-Cauchy(5), e ~ N(0, 1). Drawn as (mu, ln tau, e).
 */
public final class EightSchools implements Target {
  private static final double[] Y = {28, 8, -3, 7, -1, 1, 18, 12};
  private static final double[] S = {15, 10, 16, 11, 9, 11, 10, 18};

  @Override
  public int dimension() {
    return 10;
  }

  @Override
  public List<String> names() {
    return List.of("mu", "log_tau", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8");
  }

  @Override
  public double logDensity(double[] x) {
    double tau = Math.exp(x[1]);
    double sum = -x[0] * x[0] / 50 - Math.log1p(tau * tau / 25) + x[1];
    for (int j = 0; j < 8; j++) {
      double gap = (Y[j] - x[0] - tau * x[2 + j]) / S[j];
      sum -= (x[2 + j] * x[2 + j] + gap * gap) / 2;
    }
    return sum;
  }
}
