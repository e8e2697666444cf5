// SPDX-License-Identifier: Apache-2.0

/**
 * Sampling on distributed data. {@link dev.lemma.sampling.PosteriorJob} draws from the posterior of
 * a regression; {@link dev.lemma.sampling.SparkGlm} evaluates many proposals in one Spark job over
 * rows that lie in leaves ({@link dev.lemma.sampling.ModelRows}).
 */
package dev.lemma.sampling;
