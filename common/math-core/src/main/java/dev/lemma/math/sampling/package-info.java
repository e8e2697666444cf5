// SPDX-License-Identifier: Apache-2.0

/**
 * Sampling from a density that is known up to a constant: {@link dev.lemma.math.sampling.Target},
 * ten lines of a user, or {@link dev.lemma.math.sampling.BatchTarget}, which evaluates the points
 * of many chains in one pass over the data.
 *
 * <p>Markov chains are {@link dev.lemma.math.sampling.Sampler}s: functions from a {@link
 * dev.lemma.math.sampling.SamplerState} to a later one. They own no random state, since every
 * number is a function of (seed, stream; iteration, chain, draw), so that a run that was cut
 * anywhere and resumed ends in the same bits. Draws go to a {@link
 * dev.lemma.math.sampling.DrawSink}, such as {@link dev.lemma.math.sampling.ChainsBuilder}.
 *
 * <p>C counts chains, n iterations, d parameters.
 */
package dev.lemma.math.sampling;
