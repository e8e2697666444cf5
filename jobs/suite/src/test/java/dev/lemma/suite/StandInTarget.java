// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.math.sampling.Target;

/** What stands for the examples of the documentation, which are no part of the jar. */
public final class StandInTarget implements Target {
  /** As targets must have it. */
  public StandInTarget() {}

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public double logDensity(double[] x) {
    return -x[0] * x[0] / 2;
  }
}
