// SPDX-License-Identifier: Apache-2.0

/**
 * Sampling on Spark; the mathematics lies in {@code dev.lemma.math.random} and {@code
 * dev.lemma.math.sampling}.
 *
 * <p>The job {@code posterior} draws from the posterior of a regression: {@link
 * dev.lemma.sampling.ModelRows} says which columns take part, {@link
 * dev.lemma.sampling.CachedLeaves} holds the rows, {@link dev.lemma.sampling.SparkGlm} evaluates
 * many proposals in one Spark job over them, and {@link dev.lemma.sampling.PosteriorSampling} runs
 * a method with checkpoints.
 *
 * <p>The job {@code diagnose} judges draws of Markov chains from any source: {@link
 * dev.lemma.sampling.DrawsSource} is where they lie, {@link dev.lemma.sampling.ColumnPass} brings
 * all draws of a parameter to one task, and {@link dev.lemma.sampling.DrawsTable} is how this
 * project stores draws itself.
 *
 * <p>The job {@code sample} draws rows of a data set: {@link dev.lemma.sampling.SampleInput} ranks
 * them and {@link dev.lemma.sampling.Strata} finds how many ranks make a sample. The job {@code
 * lattice} ({@link dev.lemma.sampling.LatticeJob}) draws spins of Ising and Potts models.
 */
package dev.lemma.sampling;
