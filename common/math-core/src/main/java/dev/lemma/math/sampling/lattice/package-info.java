// SPDX-License-Identifier: Apache-2.0

/**
 * Ising and Potts models by chromatic Gibbs sampling: sites that are not neighbours of each other
 * move together, and every site takes a uniform of its own, a function of (site, sweep, replica),
 * so that lattices may be cut into strips and put on any number of machines without changing a
 * spin.
 *
 * <p>{@link dev.lemma.math.sampling.lattice.CheckerboardLattice} serves periodic square lattices
 * and strips of them, {@link dev.lemma.math.sampling.lattice.SpinGraph} any list of edges, {@link
 * dev.lemma.math.sampling.lattice.SpinModel} says how strongly neighbours pull.
 */
package dev.lemma.math.sampling.lattice;
