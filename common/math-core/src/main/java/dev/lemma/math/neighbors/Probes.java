// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

/** The keys of a table's own bucket and of the next best ones. */
final class Probes {
  private Probes() {}

  /** Refuses more probes than a table has buckets. */
  static void check(HashSpec spec, int probes) {
    if (probes < 0 || probes > spec.mostProbes()) {
      throw new IllegalArgumentException(
          "probes a table: expected 0 to "
              + spec.mostProbes()
              + " for "
              + spec.hashes()
              + " "
              + spec.kind().key()
              + " hashes, found "
              + probes);
    }
  }

  /**
   * Writes 1 + probes keys.
   *
   * @param sets the changes of this table's hashes
   * @param signature of the query; as before afterwards
   */
  static void keys(
      HashSpec spec,
      Signatures signatures,
      ProbeSets sets,
      long[] signature,
      int table,
      int probes,
      long[] keys,
      int at) {
    keys[at] = signatures.key(signature, 0, table, spec.hashes());
    for (int probe = 1; probe <= probes; probe++) {
      long mask = sets.next();
      change(spec, signatures, sets, signature, table, mask);
      keys[at + probe] = signatures.key(signature, 0, table, spec.hashes());
      change(spec, signatures, sets, signature, table, mask);
    }
  }

  private static void change(
      HashSpec spec,
      Signatures signatures,
      ProbeSets sets,
      long[] signature,
      int table,
      long mask) {
    int first = table * (spec.hashes() + spec.extra());
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      int change = Long.numberOfTrailingZeros(rest);
      signatures.flip(signature, 0, first + sets.hash(change), sets.difference(change));
    }
  }
}
