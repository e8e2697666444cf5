// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.io.Serializable;

/**
 * Chains of a sampler that learns nothing.
 *
 * @param ensemble where the chains stand
 */
public record ChainState(Ensemble ensemble) implements SamplerState, Serializable {}
