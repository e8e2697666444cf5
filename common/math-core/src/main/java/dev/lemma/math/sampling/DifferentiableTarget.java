// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/** A {@link Target} that also knows the gradient of its log density. */
public interface DifferentiableTarget extends Target {
  /**
   * The log density at a point and its gradient there.
   *
   * @param x d numbers; must be left as they are
   * @param gradient receives the d partial derivatives; of no meaning where the density is 0
   * @return the same bits as {@link #logDensity(double[])}
   */
  double logDensity(double[] x, double[] gradient);
}
