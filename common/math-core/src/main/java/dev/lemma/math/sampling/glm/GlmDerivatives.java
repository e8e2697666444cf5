// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;

/**
 * Value, gradient and minus the Hessian of a log likelihood at one point; sums over rows that can
 * be merged.
 */
public final class GlmDerivatives implements Serializable {
  private static final long serialVersionUID = 1L;

  double value;
  double weight;
  final double[] gradient;

  /** Packed as {@link PackedSymmetric}. */
  final double[] curvature;

  private GlmDerivatives(double[] gradient, double[] curvature) {
    this.gradient = gradient;
    this.curvature = curvature;
  }

  /** Of no rows, for p parameters. */
  public static GlmDerivatives zero(int parameters) {
    return new GlmDerivatives(
        new double[parameters], new double[PackedSymmetric.length(parameters)]);
  }

  /** The log likelihood. */
  public double value() {
    return value;
  }

  /** Sum of the weights of the rows. */
  public double weight() {
    return weight;
  }

  /** p numbers; the object's own. */
  public double[] gradient() {
    return gradient;
  }

  /** Minus the Hessian, p x p; shares the object's memory. */
  public PackedSymmetric curvature() {
    return PackedSymmetric.wrap(gradient.length, curvature);
  }

  /** Adds the sums of further rows and returns this. */
  public GlmDerivatives add(GlmDerivatives other) {
    value += other.value;
    weight += other.weight;
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] += other.gradient[j];
    }
    for (int j = 0; j < curvature.length; j++) {
      curvature[j] += other.curvature[j];
    }
    return this;
  }
}
