// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.Target;

/** A target whose support lies where no chain starts. */
public final class NowhereTarget implements Target {
  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public double logDensity(double[] x) {
    return x[0] > 10 ? -x[0] : Double.NEGATIVE_INFINITY;
  }
}
