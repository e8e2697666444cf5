// SPDX-License-Identifier: Apache-2.0
/**
 * Sampling on Spark: of the rows of a data set ({@link dev.lemma.sampling.SampleJob}); the
 * mathematics lies in {@code dev.lemma.math.random} and {@code dev.lemma.math.sampling}.
 */
package dev.lemma.sampling;
