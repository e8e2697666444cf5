// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.linalg.SparseRow;

/**
 * The hash functions of a specification: signatures of rows, and the buckets in which a query is
 * looked up.
 *
 * <p><b>Bits.</b> A signature depends on the specification and the row alone, its values rounded to
 * binary32: dense or sparse, alone or inside a block, the bits are the same on every machine.
 *
 * <p><b>Probes.</b> A query finds more when neighbouring buckets are searched too: those in which
 * its near rows lie most probably, because the query lies close to the border. The key of a table
 * is changed in one or more hashes; each change has a cost, the square of the distance to the
 * border that it crosses, and sets of changes come in ascending order of the sum (Lv et al. 2007,
 * <a href="https://dl.acm.org/doi/10.5555/1325851.1325958">Multi-probe LSH</a>).
 *
 * <p><b>Special values.</b> NaN and infinite values are not looked for. A row of zeros has a
 * signature like any other.
 *
 * <p><b>Threads.</b> An instance holds buffers and belongs to one thread; tables of directions are
 * shared in the JVM.
 */
public sealed interface HashFamily permits ProjectedHashes, PolytopeHashes {

  /**
   * The functions of a specification. Cheap: directions are made when they are first needed.
   *
   * @throws IllegalArgumentException if the specification's functions cannot be made
   */
  static HashFamily of(HashSpec spec) {
    return switch (spec.kind()) {
      case SIGN, STABLE -> new ProjectedHashes(spec);
      case POLYTOPE -> new PolytopeHashes(spec);
    };
  }

  /** What these functions were made from. */
  HashSpec spec();

  /** What can be read from their signatures. */
  Signatures signatures();

  /**
   * The signature of a sparse row.
   *
   * @param row ids strictly ascending and, where d is known, in [0, d)
   * @param out receives {@link HashSpec#words} longs
   * @param at where the first goes
   */
  void hash(SparseRow row, long[] out, int at);

  /**
   * The signatures of a block of dense rows; the same bits as one by one. d must be known.
   *
   * @param rows n x d entries, row-major; may be longer
   * @param n number of rows, at least 0; hundreds at a time are fastest
   * @param out receives n x {@link HashSpec#words} longs; may be longer
   */
  void hashRows(float[] rows, int n, long[] out);

  /**
   * The buckets of a query: of each table its own and then the probed ones, best first, as keys of
   * m hashes.
   *
   * @param row as for {@link #hash}
   * @param probes further buckets a table, 0 to {@link HashSpec#mostProbes}
   * @param keys receives L x (1 + probes) keys, table by table
   * @param at where the first goes
   * @throws IllegalArgumentException if there are not so many
   */
  void probeKeys(SparseRow row, int probes, long[] keys, int at);

  /**
   * The buckets of a block of dense queries.
   *
   * @param rows n x d entries, row-major; may be longer
   * @param n number of rows, at least 0
   * @param probes further buckets a table, 0 to {@link HashSpec#mostProbes}
   * @param keys receives n x L x (1 + probes) keys; may be longer
   * @throws IllegalArgumentException if there are not so many
   */
  void probeKeysRows(float[] rows, int n, int probes, long[] keys);
}
