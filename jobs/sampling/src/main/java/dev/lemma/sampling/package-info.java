// SPDX-License-Identifier: Apache-2.0

/**
 * Sampling on Spark. The job {@code posterior} draws from the posterior of a regression: {@link
 * dev.lemma.sampling.ModelRows} says which columns take part, {@link
 * dev.lemma.sampling.CachedLeaves} holds the rows, {@link dev.lemma.sampling.SparkGlm} evaluates
 * many proposals in one Spark job over them, and {@link dev.lemma.sampling.PosteriorSampling} runs
 * a method with checkpoints. The job {@code diagnose} judges draws of Markov chains from any
 * source, and {@link dev.lemma.sampling.SampleJob} takes samples of rows; the mathematics lies in
 * {@code dev.lemma.math.sampling} and {@code dev.lemma.math.random}.
 *
 * <p>{@link dev.lemma.sampling.DrawsSource} is where draws lie, {@link
 * dev.lemma.sampling.ColumnPass} brings all draws of a parameter to one task, and {@link
 * dev.lemma.sampling.DrawsTable} is how this project stores draws itself.
 */
package dev.lemma.sampling;
