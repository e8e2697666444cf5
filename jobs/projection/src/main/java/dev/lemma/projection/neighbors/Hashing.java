// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.math.neighbors.HashFamily;
import dev.lemma.math.neighbors.HashKind;
import dev.lemma.math.neighbors.HashSpec;
import dev.lemma.math.neighbors.KeyLengths;
import dev.lemma.math.neighbors.Signatures;
import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * All that decides into which buckets a point goes: small enough to travel with a task.
 *
 * @param kind of the hash functions
 * @param seed of the hash functions
 * @param d number of features, 0 for an open space
 * @param tables L
 * @param hashes m
 * @param extra e
 * @param width w
 * @param probes further buckets of each table in which a query is looked up
 * @param lengthened keys of the buckets whose keys have m + e hashes, ascending
 * @param hot keys of the buckets that are split, ascending
 * @param leftParts into how many parts the queries of each are split; of a self join all rows
 * @param rightParts into how many parts the data of each is split
 */
record Hashing(
    HashKind kind,
    long seed,
    long d,
    int tables,
    int hashes,
    int extra,
    double width,
    int probes,
    long[] lengthened,
    long[] hot,
    int[] leftParts,
    int[] rightParts)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static Hashing of(HashSpec spec, int probes) {
    return new Hashing(
        spec.kind(),
        spec.seed(),
        spec.d().orElse(0),
        spec.tables(),
        spec.hashes(),
        spec.extra(),
        spec.width(),
        probes,
        new long[0],
        new long[0],
        new int[0],
        new int[0]);
  }

  /** The same with longer keys for some buckets. */
  Hashing lengthen(long[] keys) {
    return new Hashing(
        kind, seed, d, tables, hashes, extra, width, probes, keys, hot, leftParts, rightParts);
  }

  /** The same with some buckets split. */
  Hashing split(long[] keys, int[] left, int[] right) {
    return new Hashing(
        kind, seed, d, tables, hashes, extra, width, probes, lengthened, keys, left, right);
  }

  HashSpec spec() {
    return new HashSpec(
        kind,
        seed,
        d > 0 ? OptionalLong.of(d) : OptionalLong.empty(),
        tables,
        hashes,
        extra,
        width);
  }

  KeyLengths lengths() {
    int[] longer = new int[lengthened.length];
    Arrays.fill(longer, hashes + extra);
    return KeyLengths.of(lengthened, longer);
  }

  /** Place of a bucket among those that are split, or below 0. */
  int hotPlace(long key) {
    return hot.length == 0 ? -1 : Arrays.binarySearch(hot, key);
  }

  /**
   * The bucket keys of a tile's points, point after point and table after table; with probes those
   * in which queries are looked up.
   *
   * @param signatures of the points
   */
  long[] keys(Tile tile, HashFamily family, long[] signatures, boolean asking) {
    if (asking && probes > 0) {
      return tile.probes(family, probes);
    }
    Signatures read = family.signatures();
    KeyLengths lengths = lengths();
    long[] keys = new long[Math.multiplyExact(tile.size(), tables)];
    int words = read.words();
    for (int i = 0; i < tile.size(); i++) {
      for (int t = 0; t < tables; t++) {
        keys[i * tables + t] = read.effectiveKey(signatures, i * words, t, lengths);
      }
    }
    return keys;
  }

  /** Keys of each point among {@link #keys}. */
  int keysOfPoint(boolean asking) {
    return asking ? tables * (1 + probes) : tables;
  }
}
