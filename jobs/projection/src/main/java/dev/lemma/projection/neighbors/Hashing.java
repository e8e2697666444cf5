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
 * @param capped keys of the buckets that only a sample of their points goes into, ascending
 * @param leftShares which share of the queries of each goes in; of a self join of all rows
 * @param rightShares which share of the data of each goes in
 * @param signed whether signatures travel with records: otherwise a pair is sent from each bucket
 *     that it meets in
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
    int[] rightParts,
    long[] capped,
    double[] leftShares,
    double[] rightShares,
    boolean signed)
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
        new int[0],
        new long[0],
        new double[0],
        new double[0],
        true);
  }

  /** The same with longer keys for some buckets. */
  Hashing lengthen(long[] keys) {
    return with(keys, hot, leftParts, rightParts, capped, leftShares, rightShares, signed);
  }

  /** The same with some buckets split. */
  Hashing split(long[] keys, int[] left, int[] right) {
    return with(lengthened, keys, left, right, capped, leftShares, rightShares, signed);
  }

  /** The same with a sample of some buckets. */
  Hashing cap(long[] keys, double[] left, double[] right) {
    return with(lengthened, hot, leftParts, rightParts, keys, left, right, signed);
  }

  /** The same without signatures on the network. */
  Hashing unsigned() {
    return with(lengthened, hot, leftParts, rightParts, capped, leftShares, rightShares, false);
  }

  private Hashing with(
      long[] longer,
      long[] split,
      int[] lefts,
      int[] rights,
      long[] sampled,
      double[] leftShare,
      double[] rightShare,
      boolean travels) {
    return new Hashing(
        kind,
        seed,
        d,
        tables,
        hashes,
        extra,
        width,
        probes,
        longer,
        split,
        lefts,
        rights,
        sampled,
        leftShare,
        rightShare,
        travels);
  }

  /**
   * Whether a point goes into a bucket: into a capped one by the hash of its number, the bucket's
   * key and the seed, so that every run draws the same points.
   */
  boolean keeps(long key, long number, boolean asking) {
    int place = capped.length == 0 ? -1 : Arrays.binarySearch(capped, key);
    if (place < 0) {
      return true;
    }
    double share = (asking ? leftShares : rightShares)[place];
    long mixed = (number + 1) * 0x9e3779b97f4a7c15L ^ key ^ seed;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1p-53 < share;
  }

  boolean isCapped() {
    return capped.length > 0;
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
