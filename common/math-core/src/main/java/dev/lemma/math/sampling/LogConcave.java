// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/** A density on an interval of the line whose logarithm is concave: see {@link ConcaveEnvelope}. */
public interface LogConcave {
  /** The natural logarithm of the density up to a constant; finite inside the interval. */
  double logDensity(double x);

  /** Its derivative, or at a kink a number between the one-sided derivatives. */
  double derivative(double x);
}
