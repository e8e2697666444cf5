// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.Target;

/** A target with a mistake in it: NaN on one side of 1. */
public final class NeverANumber implements Target {
  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public double logDensity(double[] x) {
    return Math.log(1 - x[0]) - x[0] * x[0];
  }
}
