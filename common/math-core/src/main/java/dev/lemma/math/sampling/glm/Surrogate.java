// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.sampling.Target;

/**
 * A posterior as its mode tells it: the second-order expansion with heavier tails, that is the
 * density of {@link StudentProposal}. What delayed acceptance walks on between two looks at the
 * rows. O(d<sup>2</sup>).
 */
public final class Surrogate implements Target {
  private final StudentProposal law;

  /** The surrogate with the density of this law. */
  public Surrogate(StudentProposal law) {
    this.law = law;
  }

  @Override
  public int dimension() {
    return law.dimension();
  }

  @Override
  public double logDensity(double[] x) {
    return law.logDensity(x, 0);
  }
}
