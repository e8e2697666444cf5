// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.math.features.KernelFunction;
import dev.lemma.projection.Specification;

/** The key {@code kernel-function}. */
public enum KernelChoice {
  /** exp(-|x - y|^2 / (2 s^2)). */
  GAUSSIAN,
  /** exp(-|x - y|_1 / s). */
  LAPLACIAN,
  /** Matern, of half-integer smoothness. */
  MATERN,
  /** exp(x'y / s^2). */
  SOFTMAX;

  /**
   * The kernel of this kind.
   *
   * @param smoothness nu of the Matern kernel; others have none
   */
  KernelFunction of(double bandwidth, double smoothness) {
    return switch (this) {
      case GAUSSIAN -> new KernelFunction.Gaussian(bandwidth);
      case LAPLACIAN -> new KernelFunction.Laplacian(bandwidth);
      case MATERN -> new KernelFunction.Matern(bandwidth, smoothness);
      case SOFTMAX -> new KernelFunction.Softmax(bandwidth);
    };
  }

  /** The kind of a kernel. */
  static KernelChoice of(KernelFunction kernel) {
    if (kernel instanceof KernelFunction.Gaussian) {
      return GAUSSIAN;
    }
    if (kernel instanceof KernelFunction.Laplacian) {
      return LAPLACIAN;
    }
    return kernel instanceof KernelFunction.Matern ? MATERN : SOFTMAX;
  }

  /** The key in the configuration. */
  String key() {
    return Specification.key(this);
  }
}
