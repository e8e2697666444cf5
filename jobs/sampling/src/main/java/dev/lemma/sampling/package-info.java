// SPDX-License-Identifier: Apache-2.0
/**
 * Sampling on Spark: of the rows of a data set ({@link dev.lemma.sampling.SampleJob}), and what draws
 * of Markov chains are worth ({@link dev.lemma.sampling.DiagnoseJob}); the mathematics lies in {@code
 * dev.lemma.math.random} and {@code dev.lemma.math.sampling}.
 *
 * <p>{@link dev.lemma.sampling.DrawsSource} is where draws lie, {@link
 * dev.lemma.sampling.ColumnPass} brings all draws of a parameter to one task, and {@link
 * dev.lemma.sampling.DrawsTable} is how this project stores draws itself.
 */
package dev.lemma.sampling;
