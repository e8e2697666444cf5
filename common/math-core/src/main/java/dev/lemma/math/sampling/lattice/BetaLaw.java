// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

/** How the inverse temperature goes from a first to a last value. */
public enum BetaLaw {
  /** It stays at the last value. */
  CONSTANT,
  /** By equal differences. */
  LINEAR,
  /** By equal ratios. */
  GEOMETRIC,
  /** As the logarithm of the sweep's number: fast at first, then ever more slowly. */
  LOGARITHMIC
}
