// SPDX-License-Identifier: Apache-2.0

/**
 * Bayesian regression: posteriors of generalised linear models, evaluated for many proposals in one
 * pass over the rows.
 *
 * <p>A {@link dev.lemma.math.sampling.glm.GlmBlock} holds rows, {@link
 * dev.lemma.math.sampling.glm.GlmKernel} sums their log likelihoods and derivatives, {@link
 * dev.lemma.math.sampling.glm.GlmPosterior} adds a {@link dev.lemma.math.sampling.glm.Prior} for
 * each coefficient and is a target of the samplers; {@link dev.lemma.math.sampling.glm.ModeSearch}
 * finds its mode. A linear model with unknown variance needs no rows but their {@link
 * dev.lemma.math.sampling.glm.LinearStatistics}.
 *
 * <p>m and n count rows, d columns of the design (the intercept among them), K classes, p
 * coefficients, C proposals.
 */
package dev.lemma.math.sampling.glm;
