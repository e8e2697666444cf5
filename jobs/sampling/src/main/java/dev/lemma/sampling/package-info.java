// SPDX-License-Identifier: Apache-2.0
/**
 * Draws on Spark. The job {@code diagnose} judges draws of Markov chains from any source; the
 * mathematics lies in {@code dev.lemma.math.sampling}. The job {@code sample} takes samples of rows.
 *
 * <p>{@link dev.lemma.sampling.DrawsSource} is where draws lie, {@link
 * dev.lemma.sampling.ColumnPass} brings all draws of a parameter to one task, and {@link
 * dev.lemma.sampling.DrawsTable} is how this project stores draws itself.
 */
package dev.lemma.sampling;
