// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import java.util.List;

/** Priors of coefficients that a Gibbs sampler can use: normal or flat. */
final class GaussianPriors {
  private final double[] means;
  private final double[] precisions;

  private GaussianPriors(double[] means, double[] precisions) {
    this.means = means;
    this.precisions = precisions;
  }

  static GaussianPriors of(List<Prior> priors) {
    double[] means = new double[priors.size()];
    double[] precisions = new double[priors.size()];
    for (int j = 0; j < means.length; j++) {
      if (priors.get(j) instanceof Prior.Normal normal) {
        means[j] = normal.mean();
        precisions[j] = 1 / (normal.deviation() * normal.deviation());
      } else if (priors.get(j).isProper()) {
        throw new IllegalArgumentException(
            "a Gibbs sampler needs normal or flat priors, found " + priors.get(j).text());
      }
    }
    return new GaussianPriors(means, precisions);
  }

  int size() {
    return means.length;
  }

  double mean(int j) {
    return means[j];
  }

  /** 0 for a flat prior. */
  double precision(int j) {
    return precisions[j];
  }

  /** Whether all informative priors are centred at 0. */
  boolean areCentred() {
    boolean centred = true;
    for (int j = 0; j < means.length; j++) {
      centred &= precisions[j] * means[j] == 0;
    }
    return centred;
  }
}
