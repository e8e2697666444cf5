// SPDX-License-Identifier: Apache-2.0
/**
 * Tail probabilities that stay exact when they are tiny.
 *
 * <p>{@link dev.lemma.math.probability.RatioLaw} is the law of a Gamma or Beta variable divided by
 * its mean; every probability is a natural logarithm, so that 1e-20 and 1e-4000 carry as many
 * digits as 0.1. {@link dev.lemma.math.probability.ProportionInterval} is the exact binomial
 * interval made from it, {@link dev.lemma.math.probability.LogDomain} the arithmetic of logarithms
 * of probabilities.
 */
package dev.lemma.math.probability;
