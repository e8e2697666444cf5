// SPDX-License-Identifier: Apache-2.0

/**
 * Random numbers without state: every value is a pure function of an address.
 *
 * <p>An address is a {@link dev.lemma.math.random.StreamKey} (seed and named stream) and four
 * 64-bit counter words: entity, index, lane and block. {@link dev.lemma.math.random.Philox4x64}
 * maps it to 256 bits, {@link dev.lemma.math.random.Variates} turns bits into signs, positions,
 * uniforms and Gaussians, {@link dev.lemma.math.random.KeyedSource} shows one address as a Commons
 * RNG source for samplers that consume an unknown number of bits, and {@link
 * dev.lemma.math.random.KeyedPermutation} shuffles a range without a table.
 *
 * <p>The order in which values are asked for, the thread and the partition never matter.
 */
package dev.lemma.math.random;
