// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/**
 * All that a sampler needs to go on: a run of 1000 iterations and one of 400, stored, loaded and
 * continued for 600, end in the same bits. Implementations are records of numbers and arrays.
 */
public interface SamplerState {
  /** Where the chains stand. */
  Ensemble ensemble();
}
