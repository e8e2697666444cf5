// SPDX-License-Identifier: Apache-2.0

/**
 * Ising and Potts models by chromatic heat-bath Gibbs sampling: on periodic lattices and on graphs.
 *
 * <p>A {@link dev.lemma.math.sampling.lattice.SpinModel} gives the energy. {@link
 * dev.lemma.math.sampling.lattice.LatticeStrip} sweeps a lattice, or a strip of its rows with a
 * halo, {@link dev.lemma.math.sampling.lattice.GraphGibbs} any {@link
 * dev.lemma.math.sampling.lattice.SpinGraph}; the inverse temperature of each sweep comes from a
 * {@link dev.lemma.math.sampling.lattice.BetaSchedule}. {@link
 * dev.lemma.math.sampling.lattice.KaufmanEnergy} is what the Ising model on a finite lattice must
 * give.
 *
 * <p>Sites of one colour have no bond among them, so that they are drawn at once, given the others.
 * The uniform number of a site in a sweep is a function of seed, site, sweep and replica alone: the
 * same configuration comes out however the sites are spread over tasks.
 *
 * @see <a href="https://doi.org/10.1109/TPAMI.1984.4767596">S. Geman, D. Geman: Stochastic
 *     relaxation, Gibbs distributions, and the Bayesian restoration of images, 1984</a>
 * @see <a href="https://proceedings.mlr.press/v15/gonzalez11a.html">J. Gonzalez, Y. Low, A.
 *     Gretton, C. Guestrin: Parallel Gibbs sampling: from colored fields to thin junction trees,
 *     2011</a>
 */
package dev.lemma.math.sampling.lattice;
