// SPDX-License-Identifier: Apache-2.0

/**
 * What draws of a Markov chain are worth: convergence, effective sizes, Monte Carlo errors, and
 * tests of the sampler itself.
 *
 * <p>A parameter comes as C chains of n draws. {@link dev.lemma.math.sampling.diagnostics.Summary}
 * has everything at once and {@link dev.lemma.math.sampling.diagnostics.SummaryKernel} does it for
 * many parameters; {@link dev.lemma.math.sampling.diagnostics.RHat}, {@link
 * dev.lemma.math.sampling.diagnostics.EffectiveSize}, {@link
 * dev.lemma.math.sampling.diagnostics.MonteCarloError} and {@link
 * dev.lemma.math.sampling.diagnostics.Autocorrelation} compute one number each. {@link
 * dev.lemma.math.sampling.diagnostics.ParetoSmoothing} judges importance weights. {@link
 * dev.lemma.math.sampling.diagnostics.JointTest} and {@link
 * dev.lemma.math.sampling.diagnostics.SimulationCalibration} find a sampler that is wrong.
 *
 * <p>Definitions follow R's package posterior at its current state; each type says where Stan and
 * ArviZ differ.
 */
package dev.lemma.math.sampling.diagnostics;
