// SPDX-License-Identifier: Apache-2.0
/**
 * Targets as a user writes them, for {@code likelihood = CLASS} of the job {@code posterior}:
 * models beyond regressions, each a class with a public constructor without arguments. What they
 * are and how to run them stands in docs/sampling.md, under "Examples".
 *
 * <p>A parameter that must be positive enters by its logarithm, a share by its logit, and each adds
 * the logarithm of the derivative of the way back to the log density.
 */
package dev.lemma.sampling.examples;
