// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

/**
 * What can be read from signatures: bucket keys, and where two rows collide.
 *
 * <p><b>Layout.</b> Hash i (0 to m + e - 1) of table t stands in {@link HashSpec#bits} bits from
 * bit (t (m + e) + i) bits of the signature on, bit b being bit b mod 64 of word b / 64; what is
 * left of the last word is zero.
 *
 * <p><b>Keys.</b> The key of the first h hashes of table t is a chain over their bits, 64 at a
 * time: x = mix(x xor bits), from x = mix(2<sup>7</sup> t + h), with the finalizer of SplitMix64 as
 * {@code mix}. Keys of at most 64 bits differ wherever the hashes of one table do; keys of two
 * tables or longer ones can be equal by accident, with probability 2<sup>-64</sup> a pair of
 * buckets, which costs a candidate and harms nothing. A pair so met is not taken: {@link
 * #firstCollision} looks at the hashes themselves.
 *
 * <p>Immutable and thread-safe; nothing is allocated.
 */
public final class Signatures {
  private static final int LENGTH_BITS = 7;

  private final int tables;
  private final int hashes;
  private final int longest;
  private final int bits;
  private final int words;

  private Signatures(HashSpec spec) {
    tables = spec.tables();
    hashes = spec.hashes();
    longest = spec.hashes() + spec.extra();
    bits = spec.bits();
    words = spec.words();
  }

  /** The signatures of a specification. */
  public static Signatures of(HashSpec spec) {
    return new Signatures(spec);
  }

  /** Longs of a signature. */
  public int words() {
    return words;
  }

  /**
   * The key of a bucket: the first hashes of a table, and the table.
   *
   * @param signature holds a signature from {@code at} on
   * @param table 0 to L - 1
   * @param length number of hashes, 1 to m + e
   * @throws IllegalArgumentException if there is no such table or length
   */
  public long key(long[] signature, int at, int table, int length) {
    check(table, length);
    long key = mix(((long) table << LENGTH_BITS) + length);
    int from = table * longest * bits;
    for (int left = length * bits; left > 0; left -= Long.SIZE) {
      key = mix(key ^ slice(signature, at, from, Math.min(left, Long.SIZE)));
      from += Long.SIZE;
    }
    return key;
  }

  /** The keys of m hashes of all L tables. */
  public void keys(long[] signature, int at, long[] out) {
    for (int table = 0; table < tables; table++) {
      out[table] = key(signature, at, table, hashes);
    }
  }

  /** The key of a table where crowded buckets have longer ones. */
  public long effectiveKey(long[] signature, int at, int table, KeyLengths lengths) {
    long key = key(signature, at, table, hashes);
    int length = lengths.hashes(key, hashes);
    return length == hashes ? key : key(signature, at, table, length);
  }

  /** Whether the first hashes of a table agree. */
  public boolean agree(long[] a, int aAt, long[] b, int bAt, int table, int length) {
    check(table, length);
    int from = table * longest * bits;
    for (int left = length * bits; left > 0; left -= Long.SIZE) {
      int taken = Math.min(left, Long.SIZE);
      if (slice(a, aAt, from, taken) != slice(b, bAt, from, taken)) {
        return false;
      }
      from += Long.SIZE;
    }
    return true;
  }

  /** The first table whose m hashes agree, or -1. */
  public int firstCollision(long[] a, int aAt, long[] b, int bAt) {
    for (int table = 0; table < tables; table++) {
      if (agree(a, aAt, b, bAt, table, hashes)) {
        return table;
      }
    }
    return -1;
  }

  /**
   * The first table in which the rows share a bucket where crowded ones have longer keys, or -1.
   */
  public int firstCollision(long[] a, int aAt, long[] b, int bAt, KeyLengths lengths) {
    for (int table = 0; table < tables; table++) {
      if (agree(a, aAt, b, bAt, table, hashes)) {
        int length = lengths.hashes(key(a, aAt, table, hashes), hashes);
        if (length == hashes || agree(a, aAt, b, bAt, table, length)) {
          return table;
        }
      }
    }
    return -1;
  }

  /** Writes a hash where the bits are zero. */
  void put(long[] signature, int at, int function, long hash) {
    int from = function * bits;
    int word = at + (from >>> 6);
    int shift = from & 63;
    signature[word] |= hash << shift;
    if (shift + bits > Long.SIZE) {
      signature[word + 1] |= hash >>> (Long.SIZE - shift);
    }
  }

  /** Exchanges bits of a hash; the same once more takes it back. */
  void flip(long[] signature, int at, int function, long difference) {
    int from = function * bits;
    int word = at + (from >>> 6);
    int shift = from & 63;
    signature[word] ^= difference << shift;
    if (shift + bits > Long.SIZE) {
      signature[word + 1] ^= difference >>> (Long.SIZE - shift);
    }
  }

  private static long slice(long[] signature, int at, int from, int count) {
    int word = at + (from >>> 6);
    int shift = from & 63;
    long slice = signature[word] >>> shift;
    if (shift + count > Long.SIZE) {
      slice |= signature[word + 1] << (Long.SIZE - shift);
    }
    return count == Long.SIZE ? slice : slice & ((1L << count) - 1);
  }

  private void check(int table, int length) {
    if (table < 0 || table >= tables || length < 1 || length > longest) {
      throw new IllegalArgumentException(
          "key of a signature: expected a table from 0 to "
              + (tables - 1)
              + " and 1 to "
              + longest
              + " hashes, found table "
              + table
              + " and "
              + length
              + " hashes");
    }
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
