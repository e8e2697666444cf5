// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

/**
 * Uniform 32-bit numbers of sites, eight to a Philox block: site i of group g has the low half of
 * word i / 2 for even i and the high half for odd i, of the block with counter (entity = g, index =
 * sweep, lane = replica, block = 0).
 */
@FunctionalInterface
interface SiteUniforms {
  /** Sites served by one block. */
  int SITES = 8;

  /** Name of the stream of the sweeps; the start draws from it with index 0. */
  String STREAM = "lattice/gibbs";

  /** Fills four words for each of {@code count} groups from {@code firstGroup} on. */
  void fill(long firstGroup, int count, long sweep, long replica, long[] out);
}
